//! The Go toolchain and its settings.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, FISH, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "goroot-env-mismatch in bash",
            needs: &[BASH, NEW, OLD],
            run: || goroot_env_mismatch(Shell::Bash),
        },
        Case { name: "goroot-env-mismatch in zsh", needs: &[ZSH, NEW, OLD], run: || goroot_env_mismatch(Shell::Zsh) },
        Case {
            name: "goroot-env-mismatch in fish",
            needs: &[FISH, NEW, OLD],
            run: || goroot_env_mismatch(Shell::Fish),
        },
        Case { name: "goroot-dangling in the GOENV file", needs: &[BASH, NEW], run: goroot_dangling_in_file },
    ]
}

fn goroot_env_mismatch(shell: Shell) {
    let machine = Machine::with_go(shell, "1.27.3");
    let old = machine.add_go("1.21.13");
    machine.append(shell.rc(), &shell.export_line("GOROOT", &old.display().to_string()));
    Proof { id: "goroot-env-mismatch", command: "go build -o /dev/null .", says: "does not match go tool version" }
        .run(&machine);
}

fn goroot_dangling_in_file() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOPROXY=off\nGOROOT=/opt/go-that-is-gone\n");
    Proof { id: "goroot-dangling", command: "go build -o /dev/null .", says: "cannot find GOROOT directory" }
        .run(&machine);
}
