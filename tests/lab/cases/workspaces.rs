//! Workspaces, sums and replacements of the project.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, has_finding};
use crate::tools::{BASH, GIT, MIDDLE, Tool};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "go-work-older", needs: &[BASH, MIDDLE], run: older },
        Case { name: "go-work-stray", needs: &[BASH, MIDDLE], run: stray },
        Case { name: "go-work-stray-member", needs: &[BASH, MIDDLE], run: member_gone },
        Case { name: "go-sum-damaged", needs: &[BASH, MIDDLE], run: damaged },
        Case { name: "replace-outside", needs: &[BASH, MIDDLE], run: replaced },
        Case { name: "buildvcs-dubious-owner", needs: &[BASH, MIDDLE, GIT, Tool::Root], run: foreign },
    ]
}

const BUILD: &str = "go build -o /dev/null .";

fn older() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.24\n");
    machine.write("shop/go.work", "go 1.23 // for now\n\nuse .\n");
    Proof { id: "go-work-older", command: BUILD, says: "but go.work lists go 1.23" }.run(&machine);
}

fn stray() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("play/go.mod", "module example.com/play\n\ngo 1.24\n");
    machine.write("go.work", "go 1.24\n\nuse ./play\n");
    let says = "not one of the workspace modules listed in go.work";
    Proof { id: "go-work-stray", command: BUILD, says }.run(&machine);
}

fn member_gone() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/go.work", "go 1.24\n\nuse (\n\t.\n\t../cart // next door\n)\n");
    Proof { id: "go-work-stray", command: BUILD, says: "cannot load module ../cart" }.run(&machine);
}

/// The sums are of no module that exists: Go refuses the file before it looks.
fn damaged() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.24\n\nrequire example.com/dep v1.0.0\n");
    machine.write("shop/go.sum", "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n");
    machine.write("shop/main.go", "package main\n\nimport _ \"example.com/dep\"\n\nfunc main() {}\n");
    machine.terminal(BUILD).fails_with("malformed go.sum");
    assert!(has_finding(&machine, "go-sum-damaged"), "{}", machine.gomedic("check --offline").stdout);
    fs::remove_file(machine.home().join("shop/go.sum")).expect("it can be removed");
    assert!(!has_finding(&machine, "go-sum-damaged"), "{}", machine.gomedic("check --offline").stdout);
}

fn replaced() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    let text =
        "module example.com/shop\n\ngo 1.24\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ../dep\n";
    machine.write("shop/go.mod", text);
    machine.write("shop/main.go", "package main\n\nimport _ \"example.com/dep\"\n\nfunc main() {}\n");
    machine.terminal(BUILD).fails_with("replacement directory ../dep does not exist");
    assert!(has_finding(&machine, "replace-outside"), "{}", machine.gomedic("check --offline").stdout);
    machine.write("dep/go.mod", "module example.com/dep\n\ngo 1.24\n");
    machine.write("dep/dep.go", "package dep\n");
    machine.terminal(BUILD).works();
    assert!(!has_finding(&machine, "replace-outside"), "{}", machine.gomedic("check --offline").stdout);
}

/// The repository belongs to another user, as a mounted one does.
fn foreign() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write(".gitconfig", "[user]\n\tname = Kim\n");
    machine.terminal("git init -q . && chown -R 12345 .").works();
    let command = "go build -o /dev/null .";
    Proof { id: "buildvcs-dubious-owner", command, says: "error obtaining VCS status" }.run(&machine);
}
