//! Version managers whose choice does not run.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::managers::{self, MiseWay};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, FISH, MIDDLE, MISE, NEW, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "version-manager-shadowed: goenv in bash",
            needs: &[BASH, MIDDLE, NEW],
            run: || goenv_shadowed(Shell::Bash),
        },
        Case {
            name: "version-manager-shadowed: goenv in fish",
            needs: &[FISH, MIDDLE, NEW],
            run: || goenv_shadowed(Shell::Fish),
        },
        Case { name: "version-manager-shadowed: asdf in zsh", needs: &[ZSH, MIDDLE, NEW], run: asdf_behind },
        Case { name: "version-manager-shadowed: gvm in bash", needs: &[BASH, MIDDLE, NEW], run: gvm_shadowed },
        Case {
            name: "version-manager-shadowed: mise in zsh",
            needs: &[ZSH, MIDDLE, NEW, MISE],
            run: || mise_shadowed(Shell::Zsh),
        },
        Case {
            name: "version-manager-shadowed: mise in bash",
            needs: &[BASH, MIDDLE, NEW, MISE],
            run: || mise_shadowed(Shell::Bash),
        },
        Case { name: "version-manager-stale: goenv", needs: &[BASH, MIDDLE], run: goenv_stale },
        Case { name: "version-manager-stale: goenv, nothing chosen", needs: &[ZSH, MIDDLE], run: goenv_unasked },
        Case { name: "version-manager-stale: asdf, nothing chosen", needs: &[BASH, MIDDLE], run: asdf_unasked },
        Case { name: "version-manager-stale: asdf, not a whole version", needs: &[ZSH, MIDDLE], run: asdf_stale },
        Case { name: "version-manager-stale: mise's shims", needs: &[BASH, MIDDLE, MISE], run: mise_stale },
        Case { name: "version-manager-stale: mise's hook", needs: &[BASH, MIDDLE, NEW, MISE], run: mise_hook_stale },
        Case { name: "version-manager-stale: goenv's shims", needs: &[BASH, MIDDLE], run: goenv_moved },
        Case { name: "version-manager-stale: asdf itself", needs: &[BASH, MIDDLE], run: asdf_off_path },
        Case { name: "version-manager-goroot: gvm", needs: &[BASH, MIDDLE, NEW], run: gvm_goroot },
        Case { name: "version-manager-goroot: goenv", needs: &[ZSH, MIDDLE, NEW], run: goenv_goroot },
    ]
}

/// The manager chooses 1.24.11, and 1.27.3 runs.
const WRONG: Proof<'static> =
    Proof { id: "version-manager-shadowed", command: "go version; go version | grep -q go1.24.11", says: "go1.27.3" };

/// The line of an install guide, below the manager's hook.
fn goenv_shadowed(shell: Shell) {
    let machine = Machine::new(shell);
    managers::goenv(&machine, &["1.24.11"]);
    managers::goenv_hook(&machine, shell);
    let root = machine.add_go("1.27.3");
    machine.append(shell.profile(), &shell.path_line(&format!("{}/bin", root.display())));
    WRONG.run(&machine);
}

/// The shims were added behind what is there.
fn asdf_behind() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    managers::asdf(&machine, &["1.24.11"]);
    machine.append(".zprofile", "export PATH=\"$PATH:$HOME/.local/bin\"\nexport PATH=\"$PATH:$HOME/.asdf/shims\"\n");
    WRONG.run(&machine);
}

fn gvm_shadowed() {
    let machine = Machine::new(Shell::Bash);
    managers::gvm(&machine, &["1.24.11"]);
    managers::gvm_hook(&machine, Shell::Bash);
    let root = machine.add_go("1.27.3");
    machine.append(".bashrc", &Shell::Bash.path_line(&format!("{}/bin", root.display())));
    // gvm has set GOROOT: with another Go in front nothing builds at all.
    machine.terminal("go build -o /dev/null .").fails_with("does not match go tool version");
    let goroot = findings(&machine, "goroot-env-mismatch");
    assert_eq!(goroot[0]["caused_by"]["id"], "version-manager-shadowed", "{goroot:#?}");
    WRONG.run(&machine);
}

/// mise's hook leaves what stands before its own folders there.
fn mise_shadowed(shell: Shell) {
    let machine = Machine::new(shell);
    managers::mise(&machine, &["1.24.11"]);
    managers::mise_hook(&machine, shell, MiseWay::Hook);
    let root = machine.add_go("1.27.3");
    machine.append(shell.rc(), &shell.path_line(&format!("{}/bin", root.display())));
    WRONG.run(&machine);
}

/// The default was a release of the same Go that is gone.
fn goenv_stale() {
    let machine = Machine::new(Shell::Bash);
    managers::goenv(&machine, &["1.24.11"]);
    managers::goenv_hook(&machine, Shell::Bash);
    machine.write(".goenv/version", "1.24.9\n");
    Proof { id: "version-manager-stale", command: "go version", says: "goenv: version '1.24.9' is not installed" }
        .run(&machine);
}

fn goenv_unasked() {
    let machine = Machine::new(Shell::Zsh);
    managers::goenv(&machine, &["1.24.11"]);
    managers::goenv_hook(&machine, Shell::Zsh);
    std::fs::remove_file(machine.home().join(".goenv/version")).expect("it is there");
    Proof { id: "version-manager-stale", command: "go version", says: "goenv: 'go' command not found" }.run(&machine);
}

fn asdf_unasked() {
    let machine = Machine::new(Shell::Bash);
    managers::asdf(&machine, &["1.24.11"]);
    managers::asdf_hook(&machine, Shell::Bash);
    machine.write(".tool-versions", "nodejs 22.1.0\n");
    Proof { id: "version-manager-stale", command: "go version", says: "No version is set for command go" }
        .run(&machine);
}

/// goenv and mise take 1.24 for the newest 1.24; asdf does not.
fn asdf_stale() {
    let machine = Machine::new(Shell::Zsh);
    managers::asdf(&machine, &["1.24.11"]);
    managers::asdf_hook(&machine, Shell::Zsh);
    machine.write(".tool-versions", "golang 1.24\n");
    Proof { id: "version-manager-stale", command: "go version", says: "is set for the current directory" }
        .run(&machine);
}

fn mise_stale() {
    let machine = Machine::new(Shell::Bash);
    managers::mise(&machine, &["1.24.11"]);
    managers::mise_hook(&machine, Shell::Bash, MiseWay::Shims);
    machine.write(".config/mise/config.toml", "[tools]\ngo = \"1.24.9\"\n\n[settings]\noffline = true\n");
    Proof { id: "version-manager-stale", command: "go version", says: "Failed to install core:go@1.24.9" }
        .run(&machine);
}

/// The hook puts nothing on PATH, and another Go runs without a word.
fn mise_hook_stale() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    managers::mise(&machine, &["1.24.11"]);
    managers::mise_hook(&machine, Shell::Bash, MiseWay::Hook);
    std::fs::remove_dir_all(machine.home().join(".local/share/mise/shims")).expect("they are there");
    machine.write(".config/mise/config.toml", "[tools]\ngo = \"1.24.9\"\n\n[settings]\noffline = true\n");
    Proof { id: "version-manager-stale", ..WRONG }.run(&machine);
}

/// goenv was updated: the place that its shims name is gone. It makes them
/// anew, which nothing takes back.
fn goenv_moved() {
    let machine = Machine::new(Shell::Bash);
    managers::goenv(&machine, &["1.24.11"]);
    managers::goenv_hook(&machine, Shell::Bash);
    let text = std::fs::read_to_string(machine.home().join(".goenv/shims/go")).expect("it is there");
    machine.write(".goenv/shims/go", text.replace("/libexec/goenv", "/Cellar/goenv/2.0.6/libexec/goenv"));
    machine.terminal("go version").fails_with("Cellar/goenv/2.0.6/libexec/goenv: No such file or directory");
    assert_eq!(findings(&machine, "version-manager-stale").len(), 1);
    machine.gomedic("fix version-manager-stale --offline --yes").works();
    machine.terminal("go version").works();
    assert!(findings(&machine, "version-manager-stale").is_empty());
}

/// The shims are on PATH, and asdf is not.
fn asdf_off_path() {
    let machine = Machine::new(Shell::Bash);
    managers::asdf(&machine, &["1.24.11"]);
    machine.append(".profile", "export PATH=\"${ASDF_DATA_DIR:-$HOME/.asdf}/shims:$PATH\"\n");
    Proof { id: "version-manager-stale", command: "go version", says: "asdf: not found" }.run(&machine);
}

/// A line that puts one version of gvm first, below gvm's hook.
fn gvm_goroot() {
    let machine = Machine::new(Shell::Bash);
    managers::gvm(&machine, &["1.27.3", "1.24.11"]);
    managers::gvm_hook(&machine, Shell::Bash);
    machine.append(".bashrc", "export PATH=\"$HOME/.gvm/gos/go1.27.3/bin:$PATH\"\n");
    with_module_cache(&machine, ".gvm/pkgsets/go1.24.11/global");
    MIXED.run(&machine);
}

/// Go itself makes the folder at the first build.
fn with_module_cache(machine: &Machine, gopath: &str) {
    fs::create_dir_all(machine.home().join(gopath).join("pkg/mod")).expect("a folder can be made");
}

/// The same with goenv's hook, which sets GOROOT too.
fn goenv_goroot() {
    let machine = Machine::new(Shell::Zsh);
    managers::goenv(&machine, &["1.27.3", "1.24.11"]);
    managers::goenv_hook(&machine, Shell::Zsh);
    machine.append(".zprofile", "export PATH=\"$HOME/.goenv/versions/1.27.3/bin:$PATH\"\n");
    let goroot = findings(&machine, "goroot-env-mismatch");
    assert_eq!(goroot[0]["caused_by"]["id"], "version-manager-goroot", "{goroot:#?}");
    with_module_cache(&machine, "go/1.24.11");
    MIXED.run(&machine);
}

/// One version's compiler, the other's go.
const MIXED: Proof<'static> =
    Proof { id: "version-manager-goroot", command: "go build -o /dev/null .", says: "does not match go tool version" };
