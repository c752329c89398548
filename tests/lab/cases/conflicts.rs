//! Lines of start files that set one variable to different values.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, FISH, NEW, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "rc-conflicting-exports in bash", needs: &[BASH, NEW], run: || one_file(Shell::Bash) },
        Case { name: "rc-conflicting-exports in zsh", needs: &[ZSH, NEW], run: || one_file(Shell::Zsh) },
        Case { name: "rc-conflicting-exports in sh", needs: &[NEW], run: || one_file(Shell::Sh) },
        Case { name: "rc-conflicting-exports in fish", needs: &[FISH, NEW], run: in_fish },
        Case { name: "rc-conflicting-exports over two files", needs: &[BASH, NEW], run: two_files },
    ]
}

/// Obeys every line of these files that sets the variable, each alone, and
/// holds the value against the one that the terminal came to have.
fn obey(files: &str) -> String {
    format!(
        "grep -h '^export GOPATH' {files} | while read -r line; do alone=$(unset GOPATH; eval \"$line\"; echo \"$GOPATH\"); \
         test \"$alone\" = \"$GOPATH\" || {{ echo \"$line: not obeyed\"; exit 1; }}; done"
    )
}

fn one_file(shell: Shell) {
    let machine = Machine::with_go(shell, "1.27.3");
    machine.append(shell.rc(), "export GOPATH=$HOME/old\nalias ll='ls -l'\nexport GOPATH=$HOME/work\n");
    let command = obey(&format!("~/{}", shell.rc()));
    Proof { id: "rc-conflicting-exports", command: &command, says: "GOPATH=$HOME/old: not obeyed" }.run(&machine);
}

fn in_fish() {
    let machine = Machine::with_go(Shell::Fish, "1.27.3");
    machine.append(Shell::Fish.rc(), "set -gx GOPATH $HOME/old\nset -gx EDITOR vi\nset -gx GOPATH $HOME/work\n");
    let command = "set -l failed 0; for line in (grep '^set -gx GOPATH' ~/.config/fish/config.fish); \
                   set -l have $GOPATH; eval $line; test $GOPATH = $have; or begin; echo $line: not obeyed; set failed 1; end; \
                   set -gx GOPATH $have; end; test $failed = 0";
    Proof { id: "rc-conflicting-exports", command, says: "GOPATH $HOME/old: not obeyed" }.run(&machine);
}

/// A terminal's bash reads both, and the last one wins.
fn two_files() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".profile", "export GOTOOLCHAIN=auto\n");
    machine.append(".bashrc", "export GOTOOLCHAIN=local\n");
    machine.append(".profile", ". ~/.bashrc\n");
    let command = "wanted=$(sed -n 's/^export GOTOOLCHAIN=//p' ~/.profile); echo \"$wanted, and have $GOTOOLCHAIN\"; \
                   test -z \"$wanted\" || test \"$wanted\" = \"$GOTOOLCHAIN\"";
    Proof { id: "rc-conflicting-exports", command, says: "auto, and have local" }.run(&machine);
}
