//! Start files that a shell misreads, and entries of PATH that are of no use.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, NEW, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "rc-crlf in bash", needs: &[BASH, NEW], run: || crlf(Shell::Bash) },
        Case { name: "rc-crlf in zsh", needs: &[ZSH, NEW], run: || crlf(Shell::Zsh) },
        Case { name: "rc-crlf in sh", needs: &[NEW], run: || crlf(Shell::Sh) },
        Case { name: "rc-file-hidden", needs: &[BASH, NEW], run: hidden },
        Case { name: "rc-world-writable", needs: &[BASH, NEW], run: world_writable },
        Case { name: "path-entry-broken in bash", needs: &[BASH, NEW], run: || tilde(Shell::Bash) },
        Case { name: "path-entry-broken in zsh", needs: &[ZSH, NEW], run: || tilde(Shell::Zsh) },
        Case { name: "path-entry-missing", needs: &[BASH, NEW], run: missing },
        Case { name: "path-duplicate", needs: &[BASH, NEW], run: duplicate },
        Case { name: "path-relative", needs: &[BASH, NEW], run: relative },
    ]
}

fn crlf(shell: Shell) {
    let machine = Machine::new(shell);
    let root = machine.add_go("1.27.3");
    machine.append(shell.profile(), &format!("export EDITOR=vi\r\nexport PATH=$PATH:{}/bin\r\n", root.display()));
    Proof { id: "rc-crlf", command: "go version", says: "not found" }.run(&machine);
}

/// An empty file keeps bash from the one that puts Go on PATH.
fn hidden() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".bash_profile", "");
    Proof { id: "rc-file-hidden", command: "go version", says: "not found" }.run(&machine);
}

fn world_writable() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".bashrc", "alias ll='ls -l'\n");
    machine.terminal("chmod 666 ~/.bashrc").works();
    let command = "find ~/.bashrc -perm -o+w; test -z \"$(find ~/.bashrc -perm -o+w)\"";
    Proof { id: "rc-world-writable", command, says: ".bashrc" }.run(&machine);
}

/// bash itself looks below home for such an entry; nothing else does.
fn tilde(shell: Shell) {
    let machine = Machine::new(shell);
    machine.add_go("1.27.3");
    machine.append(shell.profile(), "export PATH=\"$PATH:~/sdk/go1.27.3/bin\"\n");
    Proof { id: "path-entry-broken", command: "env go version", says: "No such file" }.run(&machine);
}

fn missing() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".profile", "export PATH=$PATH:/opt/go1.20-of-nobody/bin\n");
    let command = "echo \"$PATH\"; case $PATH in *of-nobody*) false ;; esac";
    Proof { id: "path-entry-missing", command, says: "of-nobody" }.run(&machine);
}

fn duplicate() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let line = Shell::Bash.path_line(&format!("{}/sdk/go1.27.3/bin", machine.home().display()));
    machine.append(".profile", &line.repeat(2));
    let command = "echo \"$PATH\"; test \"$(echo \"$PATH\" | tr : '\\n' | grep -c sdk)\" = 1";
    Proof { id: "path-duplicate", command, says: "sdk" }.run(&machine);
}

/// A file in a cloned repository runs in place of Go.
fn relative() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".profile", "export PATH=.:$PATH\n");
    machine.write("shop/go", "#!/bin/sh\necho this is no Go\nexit 3\n");
    machine.terminal("chmod +x ~/shop/go").works();
    Proof { id: "path-relative", command: "go version", says: "this is no Go" }.run(&machine);
}
