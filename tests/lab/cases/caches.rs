//! Caches that belong to somebody else, for an ordinary user.

use std::path::Path;

use crate::Case;
use crate::cases::root::needs_private_module;
use crate::git::{MODULE, VERSION};
use crate::machine::Machine;
use crate::own_system::{Account, own_system};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, GIT, MIDDLE, MOUNTS, NEW, SUDO};
use crate::tree::differences;

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "cache-not-writable: after sudo go build", needs: &[BASH, NEW, MOUNTS, SUDO], run: built_by_root },
        Case {
            name: "cache-not-writable: after sudo go list",
            needs: &[BASH, GIT, MIDDLE, MOUNTS, SUDO],
            run: fetched_by_root,
        },
        Case { name: "cache-not-writable: a mode", needs: &[BASH, NEW, MOUNTS], run: write_protected },
    ]
}

const SMALL: &str = "package main\n\nfunc main() { println(\"shop\") }\n";

/// As `sudo go …` runs where sudo keeps HOME.
fn as_root(machine: &Machine, line: &str) {
    machine.terminal(&format!("sudo HOME=$HOME env PATH=$PATH {line}")).works();
}

fn built_by_root() {
    let machine = own_system("1.27.3", Account::Ordinary, |machine| machine.write("shop/main.go", SMALL));
    machine.terminal("mkdir ~/.cache/go-build").works();
    as_root(&machine, "go build -o /dev/null .");
    handed_back(&machine, "go build -gcflags=-N -o /dev/null .", "permission denied", "~/.cache/go-build");
}

fn fetched_by_root() {
    let machine = own_system("1.24.11", Account::Ordinary, needs_private_module);
    as_root(&machine, &format!("env -C / go list -m {MODULE}@{VERSION}"));
    let command = format!("cd / && go mod download {MODULE}@{VERSION}");
    handed_back(&machine, &command, "permission denied", "~/go");
}

/// The command fails until the cache is the user's own again, with root's
/// rights got by sudo. Which files belonged to whom is not kept.
fn handed_back(machine: &Machine, command: &str, says: &str, cache: &str) {
    let foreign = format!("find {cache} ! -user kim | grep .");
    machine.terminal(command).fails_with(says);
    machine.terminal(&foreign).works();
    let before = machine.tree();
    let found = findings(machine, "cache-not-writable");
    assert!(!found.is_empty(), "{}", machine.gomedic("check --offline").stdout);
    assert_eq!(found[0]["fixes"][0]["class"], "root");

    let fixed = machine.gomedic_json("fix cache-not-writable --offline --yes");
    for fixed in fixed["fixes"].as_array().expect("a list") {
        assert_eq!(fixed["outcome"], "resolved", "{fixed:#}");
        let target = fixed["steps"][0]["target"].as_str().unwrap_or_default();
        assert!(target.starts_with("/usr/bin/sudo -- /usr/bin/chown "), "{target}");
    }
    machine.terminal(command).works();
    machine.terminal(&format!("! {foreign}")).works();
    assert_eq!(differences(&before, &machine.tree()), Vec::<String>::new(), "the fix changed more");
    machine.gomedic("undo --yes").fails_with("cannot be taken back");
}

fn write_protected() {
    let machine = own_system("1.27.3", Account::Ordinary, |machine| machine.write("shop/main.go", SMALL));
    machine.terminal("mkdir -m 555 ~/.cache/go-build").works();
    let mode = || {
        let folder = machine.seen(Path::new("/home/kim/.cache/go-build"));
        std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(folder).expect("it is there")) & 0o7777
    };
    let says = "permission denied";
    // What one build has left would do for the next.
    let command = "go build -o /dev/null . && go clean -cache";
    Proof { id: "cache-not-writable", command, says }.run(&machine);
    assert_eq!(mode(), 0o555, "undo did not restore the mode");
}
