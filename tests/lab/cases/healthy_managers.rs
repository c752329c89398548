//! Healthy machines with a version manager: nothing may be found, and
//! `gomedic why go` names the manager.

use super::healthy::stays_green;
use crate::Case;
use crate::machine::{Machine, Shell};
use crate::managers::{self, MiseWay};
use crate::tools::{BASH, BWRAP, FISH, GCC, GIT, MIDDLE, MISE, NEW, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "healthy: bash, goenv", needs: &[BASH, BWRAP, GIT, GCC, MIDDLE, NEW], run: || goenv(Shell::Bash) },
        Case { name: "healthy: zsh, goenv", needs: &[ZSH, BWRAP, GIT, GCC, MIDDLE, NEW], run: || goenv(Shell::Zsh) },
        Case { name: "healthy: fish, goenv", needs: &[FISH, BWRAP, GIT, GCC, MIDDLE, NEW], run: || goenv(Shell::Fish) },
        Case { name: "healthy: bash, asdf", needs: &[BASH, BWRAP, GIT, GCC, MIDDLE, NEW], run: || asdf(Shell::Bash) },
        Case { name: "healthy: zsh, asdf", needs: &[ZSH, BWRAP, GIT, GCC, MIDDLE, NEW], run: || asdf(Shell::Zsh) },
        Case { name: "healthy: fish, asdf", needs: &[FISH, BWRAP, GIT, GCC, MIDDLE, NEW], run: || asdf(Shell::Fish) },
        Case { name: "healthy: bash, gvm", needs: &[BASH, BWRAP, GIT, GCC, MIDDLE, NEW], run: || gvm(Shell::Bash) },
        Case { name: "healthy: zsh, gvm", needs: &[ZSH, BWRAP, GIT, GCC, MIDDLE, NEW], run: || gvm(Shell::Zsh) },
        Case {
            name: "healthy: bash, mise",
            needs: &[BASH, BWRAP, GIT, GCC, MIDDLE, NEW, MISE],
            run: || mise(Shell::Bash, MiseWay::Hook),
        },
        Case {
            name: "healthy: zsh, mise",
            needs: &[ZSH, BWRAP, GIT, GCC, MIDDLE, NEW, MISE],
            run: || mise(Shell::Zsh, MiseWay::Hook),
        },
        Case {
            name: "healthy: fish, mise",
            needs: &[FISH, BWRAP, GIT, GCC, MIDDLE, NEW, MISE],
            run: || mise(Shell::Fish, MiseWay::Hook),
        },
        Case {
            name: "healthy: bash, mise's shims",
            needs: &[BASH, BWRAP, GIT, GCC, MIDDLE, NEW, MISE],
            run: || mise(Shell::Bash, MiseWay::Shims),
        },
        Case {
            name: "healthy: the system's Go is chosen in goenv",
            needs: &[BASH, BWRAP, GIT, GCC, MIDDLE, NEW],
            run: goenv_system,
        },
        Case {
            name: "healthy: the system's Go is chosen in asdf",
            needs: &[ZSH, BWRAP, GIT, GCC, MIDDLE, NEW],
            run: asdf_system,
        },
        Case {
            name: "healthy: goenv is installed and not used",
            needs: &[BASH, BWRAP, GIT, GCC, MIDDLE, NEW],
            run: goenv_unused,
        },
    ]
}

/// The project asks for another version than the default.
fn goenv(shell: Shell) {
    let machine = Machine::new(shell);
    managers::goenv(&machine, &["1.24.11", "1.27.3"]);
    managers::goenv_hook(&machine, shell);
    machine.write("shop/.go-version", "1.24.11\n");
    runs_and_is_owned(&machine, "go1.24.11", "goenv");
    stays_green(machine);
}

fn asdf(shell: Shell) {
    let machine = Machine::new(shell);
    managers::asdf(&machine, &["1.24.11", "1.27.3"]);
    managers::asdf_hook(&machine, shell);
    machine.write("shop/.tool-versions", "golang 1.24.11\n");
    runs_and_is_owned(&machine, "go1.24.11", "asdf");
    stays_green(machine);
}

fn gvm(shell: Shell) {
    let machine = Machine::new(shell);
    managers::gvm(&machine, &["1.24.11", "1.27.3"]);
    managers::gvm_hook(&machine, shell);
    runs_and_is_owned(&machine, "go1.27.3", "gvm");
    stays_green(machine);
}

fn mise(shell: Shell, way: MiseWay) {
    let machine = Machine::new(shell);
    managers::mise(&machine, &["1.24.11", "1.27.3"]);
    managers::mise_hook(&machine, shell, way);
    machine.write("shop/mise.toml", "[tools]\ngo = \"1.24\"\n");
    runs_and_is_owned(&machine, "go1.24.11", "mise");
    stays_green(machine);
}

/// `goenv global system`: the Go that PATH has besides is meant.
fn goenv_system() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    managers::goenv(&machine, &["1.24.11"]);
    managers::goenv_hook(&machine, Shell::Bash);
    machine.write(".goenv/version", "system\n");
    runs_and_is_owned(&machine, "go1.27.3", "goenv");
    stays_green(machine);
}

fn asdf_system() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    managers::asdf(&machine, &["1.24.11"]);
    machine.append(".zprofile", "export PATH=$PATH:$HOME/.local/bin:$HOME/.asdf/shims\n");
    machine.write(".tool-versions", "golang system\n");
    runs_and_is_owned(&machine, "go1.27.3", "golang.org/dl");
    stays_green(machine);
}

/// Its versions lie there, and no start file knows of it.
fn goenv_unused() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    managers::goenv(&machine, &["1.24.11"]);
    machine.write("shop/.go-version", "1.24.2\n");
    runs_and_is_owned(&machine, "go1.27.3", "golang.org/dl");
    stays_green(machine);
}

/// What really runs is what gomedic tells, with its owner.
fn runs_and_is_owned(machine: &Machine, version: &str, owner: &str) {
    let said = machine.terminal("go version").works().stdout.clone();
    assert!(said.contains(version), "{said}");
    let told = machine.gomedic_json("why go");
    let first = &told["candidates"].as_array().expect("candidates are a list")[0];
    assert_eq!((first["owner"].as_str(), first["version"].as_str()), (Some(owner), Some(version)), "{told:#}");
}
