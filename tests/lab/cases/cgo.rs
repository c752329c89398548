//! cgo that is off, said or unsaid.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, FISH, GCC, MIDDLE, NEW, program};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "cgo-disabled-persisted in the GOENV file", needs: &[BASH, GCC, MIDDLE], run: disabled_in_file },
        Case { name: "cgo-disabled-persisted in fish", needs: &[FISH, GCC, NEW], run: disabled_in_fish },
        Case { name: "cgo-silently-off: CC by go env -w", needs: &[BASH, GCC, NEW], run: silently_off },
    ]
}

pub(super) const CGO: &str =
    "package main\n\n// static int one(void) { return 1; }\nimport \"C\"\n\nfunc main() { println(C.one()) }\n";

const EXCLUDED: &str = "build constraints exclude all Go files";

fn disabled_in_file() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/main.go", CGO);
    machine.terminal("go env -w CGO_ENABLED=0").works();
    Proof { id: "cgo-disabled-persisted", command: "go build -o /dev/null .", says: EXCLUDED }.run(&machine);
}

fn disabled_in_fish() {
    let machine = Machine::with_go(Shell::Fish, "1.27.3");
    machine.write("shop/main.go", CGO);
    machine.append(".config/fish/config.fish", "set -gx CGO_ENABLED 0\n");
    Proof { id: "cgo-disabled-persisted", command: "go build -o /dev/null .", says: EXCLUDED }.run(&machine);
}

/// A PATH with a C compiler under another name than the one Go looks for.
fn silently_off() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", CGO);
    for (tool, name) in [("gcc", "our-cc"), ("as", "as"), ("ld", "ld")] {
        machine.link_to(&program(tool).expect("a C compiler brings it"), &format!("tools/{name}"));
    }
    machine.append(".bashrc", "export PATH=$HOME/sdk/go1.27.3/bin:$HOME/tools\n");
    machine.write(".config/go/env", "CC=our-cc\n");
    Proof { id: "cgo-silently-off", command: "go build -o /dev/null .", says: EXCLUDED }.run(&machine);
}
