//! Go installations that are damaged, foreign, or have defaults of their own.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::overlay::overlay;
use crate::proof::{Proof, has_finding};
use crate::tools::{BASH, FISH, MIDDLE, NEW, ZSH, go_root};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "goroot-overlaid: a new archive over an old one", needs: &[BASH, MIDDLE, NEW], run: overlaid },
        Case { name: "goroot-overlaid: tools of another release", needs: &[ZSH, MIDDLE, NEW], run: other_tools },
        Case { name: "goroot-incomplete: broken off", needs: &[BASH, NEW], run: broken_off },
        Case { name: "goroot-incomplete: a copied command in fish", needs: &[FISH, NEW], run: copied_command },
        Case { name: "go-arch-foreign", needs: &[BASH, NEW], run: foreign },
        Case { name: "distro-go-env-defaults", needs: &[BASH, MIDDLE, NEW], run: distro_defaults },
    ]
}

const BUILD: &str = "go build -o /dev/null .";

/// Proves that a fault is found as long as a real command fails, and no
/// longer. The repair is by hand: Go is put back as a whole.
fn found_until_repaired(machine: &Machine, id: &str, command: &str, says: &str, repair: impl FnOnce()) {
    machine.terminal(command).fails_with(says);
    assert!(has_finding(machine, id), "{}", machine.gomedic("check --offline").stdout);
    repair();
    machine.terminal(command).works();
    assert!(!has_finding(machine, id), "{}", machine.gomedic("check --offline").stdout);
}

/// VERSION, go and the compiler agree, and yet nothing builds.
fn overlaid() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    let root = machine.home().join("sdk/go1.24.11");
    overlay(&go_root("1.27.3"), &root);
    machine.terminal("go version").works();
    found_until_repaired(&machine, "goroot-overlaid", BUILD, "redeclared in this block", || {
        fs::remove_dir_all(&root).expect("a folder can be removed");
        machine.add_go_at("1.27.3", "sdk/go1.24.11");
    });
}

fn other_tools() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    let tools = machine.home().join("sdk/go1.27.3/pkg/tool");
    overlay(&go_root("1.24.11").join("pkg/tool"), &tools);
    found_until_repaired(&machine, "goroot-overlaid", BUILD, "does not match go tool version", || {
        overlay(&go_root("1.27.3").join("pkg/tool"), &tools);
    });
}

fn broken_off() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let part = machine.home().join("sdk/go1.27.3/src/unsafe");
    fs::remove_dir_all(&part).expect("a folder can be removed");
    found_until_repaired(&machine, "goroot-incomplete", BUILD, "package unsafe is not in std", || {
        overlay(&go_root("1.27.3").join("src/unsafe"), &part);
    });
}

fn copied_command() {
    let machine = Machine::new(Shell::Fish);
    let root = machine.add_go("1.27.3");
    let copy = machine.home().join("bin/go");
    fs::create_dir_all(machine.home().join("bin")).expect("a folder can be made");
    fs::copy(root.join("bin/go"), &copy).expect("a file can be copied");
    machine.append(Shell::Fish.profile(), &Shell::Fish.path_line("$HOME/bin"));
    found_until_repaired(&machine, "goroot-incomplete", BUILD, "binary is trimmed and GOROOT is not set", || {
        fs::remove_file(&copy).expect("a file can be removed");
        machine.link_to(&root.join("bin/go"), "bin/go");
    });
}

/// A real program for another architecture in the place of `go`.
fn foreign() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.terminal("GOARCH=arm64 go build -o ~/foreign .").works();
    let go = machine.home().join("sdk/go1.27.3/bin/go");
    fs::rename(machine.home().join("foreign"), &go).expect("a file can be renamed");
    found_until_repaired(&machine, "go-arch-foreign", "go version", "xec format error", || {
        fs::copy(go_root("1.27.3").join("bin/go"), &go).expect("a file can be copied");
        fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
    });
}

/// As Debian packs it: the installation itself forbids another toolchain,
/// which stands on PATH as golang.org/dl puts it.
fn distro_defaults() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    let newer = machine.add_go("1.27.3");
    machine.link_to(&newer.join("bin/go"), "bin/go1.27.3");
    machine.append(".profile", "export PATH=$PATH:$HOME/bin\n");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.27.3\n");
    // Every machine has the same file, by a hard link.
    let go_env = "sdk/go1.24.11/go.env";
    fs::remove_file(machine.home().join(go_env)).expect("a file can be removed");
    machine.write(go_env, "GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=local\n");
    Proof { id: "distro-go-env-defaults", command: BUILD, says: "running go 1.24.11; GOTOOLCHAIN=local" }.run(&machine);
}
