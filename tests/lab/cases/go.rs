//! The Go toolchain and its settings.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, FISH, MIDDLE, NEW, OLD, ZSH};

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
        Case { name: "goroot-env-mismatch through a linked rc file", needs: &[BASH, NEW, OLD], run: goroot_by_link },
        Case { name: "goroot-dangling in the GOENV file", needs: &[BASH, NEW], run: goroot_dangling_in_file },
        Case { name: "goroot-dangling in sh", needs: &[NEW], run: goroot_dangling_in_sh },
        Case { name: "cross-target-left-set", needs: &[BASH, MIDDLE], run: cross_target },
        Case { name: "go111module-off", needs: &[BASH, OLD], run: go111module },
        Case { name: "goflags-invalid in fish", needs: &[FISH, NEW], run: goflags_in_fish },
        Case { name: "goflags-invalid in the GOENV file", needs: &[BASH, NEW], run: goflags_in_file },
        Case { name: "gotoolchain-blocked", needs: &[BASH, MIDDLE, NEW], run: gotoolchain_blocked },
        Case { name: "env-file-shadowed", needs: &[BASH, NEW], run: env_file_shadowed },
        Case { name: "gopath-equals-goroot", needs: &[BASH, NEW], run: gopath_equals_goroot },
    ]
}

fn goroot_env_mismatch(shell: Shell) {
    let machine = Machine::with_go(shell, "1.27.3");
    let old = machine.add_go("1.21.13");
    machine.append(shell.rc(), &shell.export_line("GOROOT", &old.display().to_string()));
    Proof { id: "goroot-env-mismatch", command: "go build -o /dev/null .", says: "does not match go tool version" }
        .run(&machine);
}

/// Dotfiles in a repository of their own, with links from home: the target is
/// edited, the link stays. CRLF and a missing last newline stay, too.
fn goroot_by_link() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let old = machine.add_go("1.21.13");
    let text = format!("# dotfiles\nexport GOROOT={}\nalias ll='ls -l'", old.display());
    machine.write("dotfiles/bash/rc", text);
    machine.link("dotfiles/bash/rc", ".bashrc");
    Proof { id: "goroot-env-mismatch", command: "go build -o /dev/null .", says: "does not match go tool version" }
        .run(&machine);
}

fn goroot_dangling_in_file() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOPROXY=off\nGOROOT=/opt/go-that-is-gone\n");
    Proof { id: "goroot-dangling", command: "go build -o /dev/null .", says: "cannot find GOROOT directory" }
        .run(&machine);
}

fn goroot_dangling_in_sh() {
    let machine = Machine::with_go(Shell::Sh, "1.27.3");
    machine.append(".profile", "export GOROOT=/opt/go-that-is-gone\n");
    Proof { id: "goroot-dangling", command: "go build -o /dev/null .", says: "cannot find GOROOT directory" }
        .run(&machine);
}

fn cross_target() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.terminal("go env -w GOOS=windows").works();
    Proof { id: "cross-target-left-set", command: "go run .", says: "exec format error" }.run(&machine);
}

fn go111module() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.terminal("go env -w GO111MODULE=off").works();
    Proof { id: "go111module-off", command: "go mod verify", says: "modules disabled by GO111MODULE=off" }
        .run(&machine);
}

fn goflags_in_fish() {
    let machine = Machine::with_go(Shell::Fish, "1.27.3");
    machine.append(".config/fish/config.fish", "set -gx GOFLAGS -bogus\n");
    Proof { id: "goflags-invalid", command: "go build -o /dev/null .", says: "unknown flag -bogus" }.run(&machine);
}

fn goflags_in_file() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOSUMDB=sum.golang.org\nGOFLAGS=mod=mod\n");
    Proof { id: "goflags-invalid", command: "go build -o /dev/null .", says: "non-flag \"mod=mod\"" }.run(&machine);
}

/// The project asks for Go 1.27.3; it is there, as golang.org/dl puts it, and
/// `GOTOOLCHAIN=local` forbids the older `go` to hand over.
fn gotoolchain_blocked() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    let newer = machine.add_go("1.27.3");
    machine.link_to(&newer.join("bin/go"), "bin/go1.27.3");
    machine.append(".profile", "export PATH=$PATH:$HOME/bin\n");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.27.3\n");
    machine.write(".config/go/env", "GOTOOLCHAIN=local\n");
    Proof {
        id: "gotoolchain-blocked",
        command: "go build -o /dev/null .",
        says: "requires go >= 1.27.3 (running go 1.24.11; GOTOOLCHAIN=local)",
    }
    .run(&machine);
}

/// What was written with `go env -w` is not what go uses.
fn env_file_shadowed() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOPRIVATE=git.example.com\n");
    machine.append(".bashrc", "export GOPRIVATE=old.example.com\n");
    Proof {
        id: "env-file-shadowed",
        command: "go env GOPRIVATE; test \"$(go env GOPRIVATE)\" = git.example.com",
        says: "old.example.com",
    }
    .run(&machine);
}

/// The archive unpacked to ~/go, which is the default of GOPATH.
fn gopath_equals_goroot() {
    let machine = Machine::new(Shell::Bash);
    machine.add_go_at("1.27.3", "go");
    machine.append(".profile", "export PATH=$HOME/go/bin:$PATH\n");
    Proof {
        id: "gopath-equals-goroot",
        command: "! go build -o /dev/null . 2>&1 | grep 'same directory'",
        says: "both GOPATH and GOROOT are the same directory",
    }
    .run(&machine);
}
