//! Programs that are to be static files.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, BWRAP, GCC, MAKE, MIDDLE, NEW, OLD};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "linkmode-flags: -static dropped", needs: &[BASH, BWRAP, GCC, NEW], run: dropped },
        Case { name: "linkmode-flags: external without cgo", needs: &[BASH, MIDDLE], run: external },
        Case { name: "linkmode-flags: external without cgo, unnoticed", needs: &[BASH, GCC, OLD], run: unnoticed },
        Case { name: "linkmode-flags: pie without cgo", needs: &[BASH, BWRAP, NEW], run: pie },
        Case { name: "static-link-glibc of a Makefile", needs: &[BASH, GCC, MAKE, NEW], run: glibc },
    ]
}

const ID: &str = "linkmode-flags";

/// Builds, and starts the program in a root that holds nothing else. The
/// program goes, so that what is left is as it was.
const IN_AN_EMPTY_ROOT: &str = "go build -o out/app . && \
     bwrap --unshare-user --bind out / --proc /proc /app; code=$?; rm -f out/app; (exit $code)";

const NO_LOADER: &str = "No such file or directory";

fn machine(version: &str, settings: &str) -> Machine {
    let machine = Machine::with_go(Shell::Bash, version);
    machine.write("shop/out/proc/note", "");
    machine.write(".config/go/env", settings);
    machine
}

fn dropped() {
    let machine = machine("1.27.3", "GOFLAGS=-ldflags=-extldflags=-static\n");
    machine.write(
        "shop/main.go",
        "package main\n\nimport \"net\"\n\nfunc main() { println(net.ParseIP(\"::1\") != nil) }\n",
    );
    Proof { id: ID, command: IN_AN_EMPTY_ROOT, says: NO_LOADER }.run(&machine);
}

fn external() {
    let machine = machine("1.24.11", "CGO_ENABLED=0\nGOFLAGS=-trimpath -ldflags=-linkmode=external\n");
    let says = "requires external (cgo) linking, but cgo is not enabled";
    Proof { id: ID, command: "go build -o /dev/null .", says }.run(&machine);
}

fn unnoticed() {
    let machine = machine("1.21.13", "CGO_ENABLED=0\nGOFLAGS=-ldflags=-linkmode=external\n");
    let command = "go build -o out/app . 2>&1 | { ! grep loadinternal; }; code=$?; rm -f out/app; (exit $code)";
    Proof { id: ID, command, says: "loadinternal: cannot find runtime/cgo" }.run(&machine);
}

fn pie() {
    let machine = machine("1.27.3", "CGO_ENABLED=0\nGOFLAGS=-buildmode=pie\n");
    Proof { id: ID, command: IN_AN_EMPTY_ROOT, says: NO_LOADER }.run(&machine);
}

fn glibc() {
    let machine = machine("1.27.3", "");
    machine.write(
        "shop/main.go",
        "package main\n\nimport \"os/user\"\n\nfunc main() {\n\t_, err := user.Lookup(\"kim\")\n\tprintln(err != nil)\n}\n",
    );
    let text = |flags: &str| {
        format!("static:\n\tgo build {flags} -ldflags '-linkmode external -extldflags \"-static\"' -o out/app .\n")
    };
    let build = "make static 2>&1 | { ! grep 'statically linked applications'; }";
    machine.write("shop/Makefile", text(""));
    machine.terminal(build).fails_with("Using 'getpwnam_r' in statically linked applications requires at runtime");
    let found = findings(&machine, "static-link-glibc");
    assert_eq!(found.len(), 1, "{found:#?}");
    let tags = found[0]["fixes"][0]["steps"][0]["target"].as_str().expect("what to write").to_owned();
    machine.write("shop/Makefile", text(&tags));
    machine.terminal(build).works();
    assert_eq!(findings(&machine, "static-link-glibc").len(), 0);
}
