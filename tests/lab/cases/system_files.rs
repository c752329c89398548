//! Files of root's that an ordinary user has gomedic repair, by the real sudo.

use std::path::Path;

use serde_json::Value;

use crate::Case;
use crate::machine::Machine;
use crate::own_system::{Account, Snapshot, own_system};
use crate::proof::has_finding;
use crate::tools::{BASH, MOUNTS, NEW, SUDO};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "goroot-dangling: in /etc/profile.d, by sudo", needs: &[BASH, NEW, MOUNTS, SUDO], run: by_sudo },
        Case { name: "goroot-dangling: in /etc/profile.d, as root", needs: &[BASH, NEW, MOUNTS], run: as_root },
        Case { name: "a file of root's where sudo refuses", needs: &[BASH, NEW, MOUNTS, SUDO], run: refused },
    ]
}

const ID: &str = "goroot-dangling";
const FILE: &str = "/etc/profile.d/go.sh";
const LINE: &str = "export GOROOT=/opt/go1.20";
const COMMAND: &str = "go version";
const SAYS: &str = "cannot find GOROOT directory";

/// A Go that a line for all users breaks, in a file with an unusual mode and
/// group.
fn broken(account: Account) -> Machine {
    let machine = own_system("1.27.3", account, |_| ());
    machine.terminal(COMMAND).works();
    let script = format!("printf '# for all\\n{LINE}\\n' > {FILE} && chown 0:4 {FILE} && chmod 2754 {FILE}");
    machine.system(&["sh", "-c", &script].map(str::to_owned)).works();
    machine.terminal(COMMAND).fails_with(SAYS);
    machine
}

fn differences(before: &Snapshot, machine: &Machine) -> Vec<String> {
    before.differences(&Snapshot::of(machine))
}

/// Repairs it, and takes that back; returns what the repair said.
fn prove(machine: &Machine) -> Value {
    let nothing = Vec::<String>::new();
    let before = Snapshot::of(machine);
    assert!(has_finding(machine, ID), "{}", machine.gomedic("check --offline").stdout);
    // Not named, it is not agreed to.
    machine.gomedic("fix --offline --yes");
    assert_eq!(differences(&before, machine), nothing, "something was changed without a yes");

    let fixed = machine.gomedic_json(&format!("fix {ID} --offline --yes"))["fixes"][0].clone();
    assert_eq!(fixed["class"], "root", "{fixed:#}");
    assert!(["resolved", "pending"].contains(&fixed["outcome"].as_str().unwrap_or_default()), "{fixed:#}");
    machine.terminal(COMMAND).works();
    assert!(!has_finding(machine, ID));
    let changed = differences(&before, machine);
    let kept =
        |line: &String| line.starts_with("etc/profile.d/go.sh: file 2754 0:4") && line.contains("-> file 2754 0:4");
    assert!(changed.len() == 1 && changed.iter().all(kept), "{changed:#?}");
    let text = std::fs::read_to_string(machine.seen(Path::new(FILE))).expect("it can be read");
    assert!(text.starts_with(&format!("# for all\n# {LINE}  # gomedic: ")), "{text}");

    machine.gomedic("undo --yes").works();
    assert_eq!(differences(&before, machine), nothing, "undo did not restore everything");
    machine.terminal(COMMAND).fails_with(SAYS);
    fixed
}

fn by_sudo() {
    let machine = broken(Account::Ordinary);
    let fixed = prove(&machine);
    let lines = fixed["steps"][0]["sudo"].as_array().cloned().unwrap_or_default();
    let shown: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
    let of_sudo = |line: &&str| line.starts_with("/usr/bin/sudo -- /usr/bin/");
    assert!(shown.len() == 4 && shown.iter().all(of_sudo), "{shown:#?}");

    // To take it back, somebody has to agree as well.
    machine.gomedic(&format!("fix {ID} --offline --yes"));
    let applied = Snapshot::of(&machine);
    machine.gomedic("undo").fails_with("written through sudo");
    assert_eq!(differences(&applied, &machine), Vec::<String>::new(), "undone without a yes");
}

fn as_root() {
    let fixed = prove(&broken(Account::Root));
    assert_eq!(fixed["steps"][0]["sudo"], Value::Null, "root needs no sudo");
}

/// sudo that does not obey leaves all as it was, with what it said.
fn refused() {
    let machine = broken(Account::Ordinary);
    machine.system(&["rm", "/etc/sudoers.d/kim"].map(str::to_owned)).works();
    let before = Snapshot::of(&machine);
    let fixed = machine.gomedic_json(&format!("fix {ID} --offline --yes"))["fixes"][0].clone();
    assert_eq!(fixed["outcome"], "failed", "{fixed:#}");
    let why = fixed["detail"].as_str().unwrap_or_default();
    assert!(why.starts_with("cannot write /etc/profile.d/go.sh: /usr/bin/sudo -- "), "{why}");
    assert!(why.ends_with("nothing was changed"), "{why}");
    assert_eq!(differences(&before, &machine), Vec::<String>::new());
    machine.gomedic("undo").fails_with("nothing to undo");
}
