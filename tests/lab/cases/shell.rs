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
        Case { name: "rc-crlf in bash", needs: &[BASH, NEW], run: || crlf(Shell::Bash) },
        Case { name: "rc-crlf in zsh", needs: &[ZSH, NEW], run: || crlf(Shell::Zsh) },
        Case { name: "rc-crlf in sh", needs: &[NEW], run: || crlf(Shell::Sh) },
        Case { name: "path-entry-broken in sh", needs: &[NEW], run: || tilde(Shell::Sh) },
        Case { name: "path-entry-broken in zsh", needs: &[ZSH, NEW], run: || tilde(Shell::Zsh) },
        Case { name: "path-entry-broken at a blank", needs: &[BASH, NEW], run: cut_at_a_blank },
        Case { name: "path-relative", needs: &[BASH, NEW], run: relative },
        Case { name: "path-entry-missing", needs: &[BASH, NEW], run: missing_entry },
        Case { name: "path-duplicate", needs: &[ZSH, NEW], run: duplicate },
        Case { name: "rc-world-writable", needs: &[BASH, NEW], run: world_writable },
    ]
}

/// A value that ends in a carriage return.
fn crlf(shell: Shell) {
    let machine = Machine::with_go(shell, "1.27.3");
    machine.append(shell.profile(), "export GOOS=linux\r\n# the end\r\n");
    Proof { id: "rc-crlf", command: "go vet .", says: "linux\r" }.run(&machine);
}

/// A `~` in quotes, which only bash expands when it looks for a command.
fn tilde(shell: Shell) {
    let machine = Machine::new(shell);
    machine.add_go_at("1.27.3", "go1.27");
    machine.append(shell.profile(), "export PATH=\"~/go1.27/bin:$PATH\"\n");
    Proof { id: "path-entry-broken", command: "go version", says: "go" }.run(&machine);
}

fn cut_at_a_blank() {
    let machine = Machine::new(Shell::Bash);
    machine.add_go_at("1.27.3", "My Tools/go");
    machine.append(".bashrc", "PATH=$PATH:$HOME/My Tools/go/bin\n");
    // The shell takes the rest of the line for a command to run.
    machine.append(".profile", ". ~/.bashrc\n");
    machine.terminal("go version").fails_with("go");
    let found = crate::proof::findings(&machine, "path-entry-broken");
    assert!(found.is_empty(), "a variable before a command is set for that command only: {found:?}");
    machine.write(".bashrc", format!("export PATH=$PATH:{}/My Tools/go/bin\n", machine.home().display()));
    Proof { id: "path-entry-broken", command: "go version", says: "go" }.run(&machine);
}

/// A program of the project's own folder that has the name of a real one.
fn relative() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".profile", "export PATH=.:$PATH\n");
    machine.write("shop/go", "#!/bin/sh\necho another go\nexit 3\n");
    machine.terminal("chmod +x ~/shop/go").works();
    Proof { id: "path-relative", command: "cd ~/shop; go version", says: "another go" }.run(&machine);
}

fn missing_entry() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".bashrc", "export PATH=$PATH:/opt/go1.20/bin\n");
    let command = "case $PATH in *go1.20*) ls /opt/go1.20/bin;; esac";
    Proof { id: "path-entry-missing", command, says: "/opt/go1.20/bin" }.run(&machine);
}

fn duplicate() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    machine.append(".zshrc", "path+=($HOME/sdk/go1.27.3/bin)\nexport PATH=$HOME/sdk/go1.27.3/bin:$PATH\n");
    let command = "test $(echo $PATH | tr : '\\n' | grep -c go1.27) -le 2 || { echo too many; false; }";
    Proof { id: "path-duplicate", command, says: "too many" }.run(&machine);
}

fn world_writable() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".bashrc", "alias ll='ls -l'\n");
    machine.terminal("chmod 777 ~/.bashrc").works();
    let command = "test -z \"$(find ~/.bashrc -perm -o+w)\" || { echo others may write; false; }";
    Proof { id: "rc-world-writable", command, says: "others may write" }.run(&machine);
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
