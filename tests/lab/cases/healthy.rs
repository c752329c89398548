//! Healthy machines: nothing may be found.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::tools::{BASH, BWRAP, FISH, GCC, GIT, MIDDLE, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "healthy: bash, Go 1.21 in ~/sdk",
            needs: &[BASH, BWRAP, GIT, GCC, OLD],
            run: || sdk(Shell::Bash, "1.21.13"),
        },
        Case {
            name: "healthy: bash, Go 1.27 in ~/sdk",
            needs: &[BASH, BWRAP, GIT, GCC, NEW],
            run: || sdk(Shell::Bash, "1.27.3"),
        },
        Case {
            name: "healthy: zsh, Go 1.24 in ~/sdk",
            needs: &[ZSH, BWRAP, GIT, GCC, MIDDLE],
            run: || sdk(Shell::Zsh, "1.24.11"),
        },
        Case {
            name: "healthy: fish, Go 1.27 in ~/sdk",
            needs: &[FISH, BWRAP, GIT, GCC, NEW],
            run: || sdk(Shell::Fish, "1.27.3"),
        },
        Case {
            name: "healthy: bash, /usr/local/go",
            needs: &[BASH, BWRAP, GIT, GCC, NEW],
            run: || usr_local(Shell::Bash),
        },
        Case {
            name: "healthy: fish, /usr/local/go",
            needs: &[FISH, BWRAP, GIT, GCC, NEW],
            run: || usr_local(Shell::Fish),
        },
    ]
}

/// A machine on which a real build works, and about which nothing is said.
pub(super) fn stays_green(machine: Machine) {
    packages_stay_green(machine, ".");
}

/// The same for these packages.
pub(super) fn packages_stay_green(machine: Machine, packages: &str) {
    // Debian's Delve is there for another case, and too old for these Gos.
    let machine = machine.without("/usr/bin/dlv");
    is_quiet(&machine, packages, "--offline");
}

/// The same for a machine in a network of its own, which is asked.
pub(super) fn stays_green_online(machine: &Machine) {
    is_quiet(machine, ".", "");
}

fn is_quiet(machine: &Machine, packages: &str, flags: &str) {
    machine.terminal(&format!("go build -o /dev/null {packages} && go vet {packages}")).works();
    // Which releases of Go still get fixes is not told for all time.
    let check = format!("check {flags} --skip go-eol");
    let report = machine.gomedic_json(&check);
    let summary = &report["summary"];
    let loud = summary["error"].as_u64().unwrap_or(9) + summary["warning"].as_u64().unwrap_or(9);
    assert_eq!(loud, 0, "{}", machine.gomedic(&check).stdout);
    assert!(summary["passed"].as_u64().is_some_and(|passed| passed > 10), "{summary}");
    assert_eq!(summary["unknown"], 0, "{}", machine.gomedic(&check).stdout);
}

fn sdk(shell: Shell, version: &str) {
    stays_green(Machine::with_go(shell, version));
}

/// The official archive where go.dev says, in a private view of /usr/local.
fn usr_local(shell: Shell) {
    let machine = Machine::new(shell);
    let root = machine.add_go("1.27.3");
    let machine = machine.with_mount(&root, "/usr/local/go");
    machine.append(shell.profile(), &shell.path_line("/usr/local/go/bin"));
    stays_green(machine);
}
