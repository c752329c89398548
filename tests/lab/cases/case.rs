//! Names that differ only in case.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::findings;
use crate::tools::{BASH, NEW, OLD};

const ID: &str = "case-collision";
const BUILD: &str = "go build -o /dev/null ./...";

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "case-collision: source files", needs: &[BASH, OLD], run: sources },
        Case { name: "case-collision: packages", needs: &[BASH, NEW], run: packages },
    ]
}

fn severities(machine: &Machine) -> Vec<String> {
    findings(machine, ID).iter().map(|finding| finding["severity"].as_str().unwrap_or_default().to_owned()).collect()
}

fn sources() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write("shop/Main.go", "//go:build ignore\n\npackage main\n");
    machine.terminal(BUILD).fails_with("case-insensitive file name collision: \"Main.go\" and \"main.go\"");
    assert_eq!(severities(&machine), ["error"]);
    fs::rename(machine.home().join("shop/Main.go"), machine.home().join("shop/README.md")).expect("it can be renamed");
    machine.write("shop/Readme.md", "");
    machine.terminal(BUILD).works();
    assert_eq!(severities(&machine), ["info"]);
}

fn packages() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/sub/util/u.go", "package util\n");
    machine.write("shop/Sub/util/u_test.go", "package util\n");
    let says = "case-insensitive import collision: \"example.com/shop/sub/util\" and \"example.com/shop/Sub/util\"";
    machine.terminal(BUILD).fails_with(says);
    assert_eq!(severities(&machine), ["error", "info"]);
    // Where no build takes one of them, Go does not mind.
    machine.write("shop/Sub/util/u_test.go", "//go:build ignore\n\npackage util\n");
    machine.terminal(BUILD).works();
    assert_eq!(severities(&machine), ["info"]);
    fs::remove_dir_all(machine.home().join("shop/Sub")).expect("it can be removed");
    machine.terminal(BUILD).works();
    assert_eq!(severities(&machine), [""; 0]);
}
