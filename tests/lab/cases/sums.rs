//! go.sum, with a module from a proxy of files that is in the module cache
//! already.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, GIT, MIDDLE, NEW, OLD};

const MODULE: &str = "example.com/dep";
const VERSION: &str = "v1.0.0";
const BUILD: &str = "go build -o /dev/null ./...";

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "go-sum-missing: the module's sum", needs: &[BASH, GIT, NEW], run: module_sum },
        Case { name: "go-sum-missing: the sum of its go.mod", needs: &[BASH, GIT, MIDDLE], run: go_mod_sum },
        Case { name: "go-sum-missing: no go.sum, go 1.16", needs: &[BASH, GIT, OLD], run: whole_graph },
        Case { name: "go-sum-missing: where Go does not ask", needs: &[BASH, GIT, NEW], run: not_asked },
    ]
}

/// A project that imports a module which is private and has been fetched; its
/// go.sum is what Go wrote.
fn project(version: &str, go_line: &str) -> (Machine, String) {
    let machine = Machine::with_go(Shell::Bash, version);
    let proxy = machine.module_proxy(MODULE, VERSION);
    machine.write("dep/go.mod", format!("module {MODULE}\n"));
    machine.write("dep/dep.go", "package dep\n");
    let archive = format!(
        "cd ~/dep && git init -q && git add . && git -c user.name=kim -c user.email=kim@example.com commit -q -m One && git archive --prefix={MODULE}@{VERSION}/ -o ~/proxy/{MODULE}/@v/{VERSION}.zip HEAD"
    );
    machine.terminal(&archive).works();
    machine.write(
        ".config/go/env",
        format!("GONOPROXY=none\nGOPRIVATE=example.com\nGOPROXY=file://{}\n", proxy.display()),
    );
    machine.write("shop/go.mod", format!("module example.com/shop\n\ngo {go_line}\n\nrequire {MODULE} {VERSION}\n"));
    machine.write("shop/main.go", format!("package main\n\nimport _ \"{MODULE}\"\n\nfunc main() {{}}\n"));
    machine.terminal(&format!("go mod download {MODULE} && {BUILD}")).works();
    let sums = fs::read_to_string(machine.home().join("shop/go.sum")).expect("Go wrote it");
    (machine, sums)
}

/// The lines of a go.sum of which one kind is lost, as a bad merge loses them.
fn without(sums: &str, of_go_mod: bool) -> String {
    sums.lines().filter(|line| line.contains("/go.mod ") != of_go_mod).map(|line| format!("{line}\n")).collect()
}

fn module_sum() {
    let (machine, sums) = project("1.27.3", "1.21");
    machine.write("shop/go.sum", without(&sums, false));
    Proof { id: "go-sum-missing", command: BUILD, says: "missing go.sum entry for module providing package" }
        .run(&machine);
}

fn go_mod_sum() {
    let (machine, sums) = project("1.24.11", "1.21");
    machine.write("shop/go.sum", without(&sums, true));
    Proof { id: "go-sum-missing", command: BUILD, says: "missing go.sum entry for go.mod file" }.run(&machine);
}

/// Nothing imports the module any more, and Go asks for its go.mod all the
/// same.
fn whole_graph() {
    let (machine, _) = project("1.21.13", "1.16");
    machine.write("shop/main.go", "package main\n\nfunc main() {}\n");
    fs::remove_file(machine.home().join("shop/go.sum")).expect("it can be removed");
    Proof { id: "go-sum-missing", command: BUILD, says: "missing go.sum entry for go.mod file" }.run(&machine);
}

/// A workspace, a vendor folder and -mod=mod do without; so does a module of
/// which nothing is imported.
fn not_asked() {
    for prepare in [
        "go work init .",
        "go mod vendor && rm go.sum",
        "go env -w GOFLAGS=-mod=mod && rm go.sum",
        "printf 'package main\\n\\nfunc main() {}\\n' > main.go && sed -i '/v1.0.0 h1/d' go.sum",
    ] {
        let (machine, _) = project("1.27.3", "1.21");
        machine.terminal(prepare).works();
        let kept = machine.terminal(&format!("cp -r . ../kept && {BUILD}"));
        kept.works();
        // As it was before the build, which may have written go.sum.
        machine.terminal("cp -r ../kept/. .; test -e ../kept/go.sum || rm -f go.sum").works();
        assert!(findings(&machine, "go-sum-missing").is_empty(), "{prepare}");
    }
}
