//! cgo, C tools, targets.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, FISH, GCC, MIDDLE, NEW};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "cc-invalid in the GOENV file", needs: &[BASH, GCC, MIDDLE], run: cc_in_file },
        Case { name: "cc-invalid in fish", needs: &[FISH, GCC, NEW], run: cc_in_fish },
    ]
}

const CGO: &str =
    "package main\n\n// static int one(void) { return 1; }\nimport \"C\"\n\nfunc main() { println(C.one()) }\n";

fn cc_in_file() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/main.go", CGO);
    machine.write(".config/go/env", "CC=x86_64-conda-linux-gnu-cc\n");
    let says = "C compiler \"x86_64-conda-linux-gnu-cc\" not found";
    Proof { id: "cc-invalid", command: "go build -o /dev/null .", says }.run(&machine);
}

fn cc_in_fish() {
    let machine = Machine::with_go(Shell::Fish, "1.27.3");
    machine.write("shop/main.go", CGO);
    machine.append(".config/fish/config.fish", "set -gx CC /opt/conda/bin/gcc\n");
    Proof { id: "cc-invalid", command: "go build -o /dev/null .", says: "C compiler \"/opt/conda/bin/gcc\" not found" }
        .run(&machine);
}
