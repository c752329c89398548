//! The module in the folder.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::has_finding;
use crate::tools::{BASH, MIDDLE, NEW, OLD};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "go-too-old-for-module", needs: &[BASH, OLD], run: go_too_old },
        Case { name: "binary-foreign", needs: &[BASH, NEW], run: binary_foreign },
        Case { name: "vendor-inconsistent", needs: &[BASH, MIDDLE], run: vendor_inconsistent },
    ]
}

/// No newer Go is here, and none may be fetched.
fn go_too_old() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.27\n");
    machine.write(".config/go/env", "GOTOOLCHAIN=local\n");
    machine.terminal("go build -o /dev/null .").fails_with("requires go >= 1.27");
    let found = has_finding(&machine, "go-too-old-for-module") || has_finding(&machine, "gotoolchain-blocked");
    assert!(found, "{}", machine.gomedic("check --offline").stdout);
}

/// A program for another architecture in the project's own folder.
fn binary_foreign() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.terminal("GOARCH=arm64 go build -o bin/shop .").works();
    machine.terminal("./bin/shop").fails_with("xec format error");
    assert!(has_finding(&machine, "binary-foreign"), "{}", machine.gomedic("check --offline").stdout);
    fs::remove_file(machine.home().join("shop/bin/shop")).expect("it can be removed");
    machine.terminal("go build -o bin/shop . && ./bin/shop").works();
    assert!(!has_finding(&machine, "binary-foreign"), "{}", machine.gomedic("check --offline").stdout);
}

fn vendor_inconsistent() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.24\n\nrequire example.com/dep v1.1.0\n");
    machine.write("shop/vendor/modules.txt", "# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep\n");
    machine.write("shop/vendor/example.com/dep/dep.go", "package dep\n");
    machine.terminal("go build -o /dev/null .").fails_with("inconsistent vendoring");
    assert!(has_finding(&machine, "vendor-inconsistent"), "{}", machine.gomedic("check --offline").stdout);
}
