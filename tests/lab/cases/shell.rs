//! User, rc files, PATH.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, has_finding};
use crate::tools::{BASH, FISH, MIDDLE, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "go-not-on-path in bash", needs: &[BASH, NEW], run: || go_not_on_path(Shell::Bash) },
        Case { name: "go-not-on-path in zsh", needs: &[ZSH, NEW], run: || go_not_on_path(Shell::Zsh) },
        Case { name: "go-not-on-path in fish", needs: &[FISH, NEW], run: || go_not_on_path(Shell::Fish) },
        Case { name: "go-not-on-path in sh", needs: &[NEW], run: || go_not_on_path(Shell::Sh) },
        Case { name: "gobin-not-on-path in bash", needs: &[BASH, MIDDLE], run: || gobin(Shell::Bash) },
        Case { name: "gobin-not-on-path in zsh", needs: &[ZSH, MIDDLE], run: || gobin(Shell::Zsh) },
        Case { name: "gobin-not-on-path in fish", needs: &[FISH, MIDDLE], run: || gobin(Shell::Fish) },
        Case { name: "path-context-differs in bash", needs: &[BASH, NEW], run: || wrong_file(Shell::Bash) },
        Case { name: "path-context-differs in zsh", needs: &[ZSH, NEW], run: || wrong_file(Shell::Zsh) },
        Case { name: "go-shadowed", needs: &[BASH, NEW, OLD], run: go_shadowed },
        Case { name: "rc-syntax-error in bash", needs: &[BASH, NEW], run: || syntax(Shell::Bash) },
        Case { name: "rc-syntax-error in zsh", needs: &[ZSH, NEW], run: || syntax(Shell::Zsh) },
        Case { name: "rc-syntax-error in fish", needs: &[FISH, NEW], run: || syntax(Shell::Fish) },
    ]
}

fn go_not_on_path(shell: Shell) {
    let machine = Machine::new(shell);
    machine.add_go("1.27.3");
    Proof { id: "go-not-on-path", command: "go version", says: "go" }.run(&machine);
}

fn gobin(shell: Shell) {
    let machine = Machine::with_go(shell, "1.24.11");
    machine.terminal("go install .").works();
    Proof { id: "gobin-not-on-path", command: "shop", says: "shop" }.run(&machine);
}

/// Go is put on PATH by a file that only interactive shells read.
fn wrong_file(shell: Shell) {
    let machine = Machine::new(shell);
    let root = machine.add_go("1.27.3");
    machine.append(shell.rc(), &shell.path_line(&format!("{}/bin", root.display())));
    let command = format!("env -i HOME=\"$HOME\" PATH=/usr/bin:/bin {} -l -c 'go version'", shell.name());
    Proof { id: "path-context-differs", command: &command, says: "not found" }.run(&machine);
}

fn go_shadowed() {
    let machine = Machine::new(Shell::Bash);
    let old = machine.add_go("1.21.13");
    let new = machine.add_go("1.27.3");
    machine.append(".profile", &format!("export PATH={}/bin:$PATH\n", new.display()));
    machine.append(".bashrc", &format!("export PATH={}/bin:$PATH\n", old.display()));
    machine.append(".profile", ". ~/.bashrc\n");
    Proof { id: "go-shadowed", command: "go version; go version | grep -q go1.27.3", says: "go1.21.13" }.run(&machine);
}

/// A block that is opened and never closed: the rest of the file is not read.
fn syntax(shell: Shell) {
    let machine = Machine::with_go(shell, "1.27.3");
    let opened = match shell {
        Shell::Fish => "if test -d /opt\n    set -gx X 1\n",
        _ => "if [ -d /opt ]; then\n  export X=1\n",
    };
    machine.append(shell.rc(), opened);
    let command = format!("{} -n ~/{}", shell.name(), shell.rc());
    machine.terminal(&command).fails_with(shell.rc());
    assert!(has_finding(&machine, "rc-syntax-error"), "{}", machine.gomedic("check --offline").stdout);
    // Only the user knows what was meant: the repair is by hand.
    machine.append(shell.rc(), if shell == Shell::Fish { "end\n" } else { "fi\n" });
    machine.terminal(&command).works();
    assert!(!has_finding(&machine, "rc-syntax-error"), "{}", machine.gomedic("check --offline").stdout);
}
