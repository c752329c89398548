//! The module in the folder.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, has_finding};
use crate::tools::{BASH, MIDDLE, NEW, OLD};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "go-too-old-for-module", needs: &[BASH, OLD], run: go_too_old },
        Case { name: "toolchain-name-invalid", needs: &[BASH, MIDDLE, NEW], run: toolchain_name },
        Case { name: "go-version-files-differ", needs: &[BASH, MIDDLE, NEW], run: version_files },
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

/// The toolchain that was meant is on PATH, as golang.org/dl puts it.
fn toolchain_name() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    let newer = machine.add_go("1.27.3");
    machine.link_to(&newer.join("bin/go"), "bin/go1.27.3");
    machine.append(".profile", "export PATH=$PATH:$HOME/bin\n");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.24\n\ntoolchain v1.27.3\n");
    Proof { id: "toolchain-name-invalid", command: "go build -o /dev/null .", says: "invalid toolchain \"v1.27.3\"" }
        .run(&machine);
}

/// A version manager's shim runs what the project's file names.
fn version_files() {
    let machine = Machine::new(Shell::Bash);
    for version in ["1.24.11", "1.27.3"] {
        machine.add_go_at(version, &format!(".goenv/versions/{version}"));
    }
    machine.write(".goenv/version", "1.27.3\n");
    let shim = "#!/bin/sh\nexec \"$HOME/.goenv/versions/$(cat .go-version)/bin/${0##*/}\" \"$@\"\n";
    machine.write(".goenv/shims/go", shim);
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(machine.home().join(".goenv/shims/go"), mode).expect("it can be made executable");
    machine.append(".profile", "export GOTOOLCHAIN=local\nexport PATH=$HOME/.goenv/shims:$PATH\n");
    machine.write("shop/.go-version", "1.24.11\n");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.27.3\n");
    Proof { id: "go-version-files-differ", command: "go build -o /dev/null .", says: "requires go >= 1.27.3" }
        .run(&machine);
}
