//! The system's bundle of certificates, made anew with root's rights.

use crate::Case;
use crate::cases::certificates::{LIST, UNKNOWN, serve};
use crate::machine::Machine;
use crate::own_system::{Account, Snapshot, own_system};
use crate::proof::findings_with;
use crate::tools::{BASH, CA, MIDDLE, MOUNTS, NEW, OPENSSL, SUDO};

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "tls-unknown-ca: an authority that waits, by sudo",
            needs: &[BASH, CA, NEW, OPENSSL, MOUNTS, SUDO],
            run: waiting,
        },
        Case {
            name: "ca-bundle-missing: made anew, as root",
            needs: &[BASH, CA, MIDDLE, OPENSSL, MOUNTS],
            run: emptied,
        },
    ]
}

const PUT: &str = "cp ~/ca.pem /usr/local/share/ca-certificates/lab.crt";

/// Put where it belongs, and the bundle not made anew.
fn waiting() {
    let machine = own_system("1.27.3", Account::Ordinary, |_| ());
    let _server = serve(&machine);
    // Nobody else is asked anything.
    machine.append(".config/go/env", "GOSUMDB=off\n");
    machine.terminal(&format!("sudo {PUT}")).works();
    machine.terminal(LIST).fails_with(UNKNOWN);
    let before = Snapshot::of(&machine);
    mended(&machine, &before, "tls-unknown-ca", "/usr/bin/sudo -- /usr/sbin/update-ca-certificates");
    // The way back that the refusal names.
    machine.terminal("sudo rm /usr/local/share/ca-certificates/lab.crt && sudo update-ca-certificates").works();
    machine.terminal(LIST).fails_with(UNKNOWN);
}

fn emptied() {
    let machine = own_system("1.24.11", Account::Root, |_| ());
    let _server = serve(&machine);
    machine.terminal(&format!("{PUT} && rm -r /etc/ssl/certs && mkdir /etc/ssl/certs")).works();
    machine.terminal(LIST).fails_with(UNKNOWN);
    mended(&machine, &Snapshot::of(&machine), "ca-bundle-missing", "/usr/sbin/update-ca-certificates");
}

/// The fix is this command line; it changes nothing but certificates, and is
/// not taken back.
fn mended(machine: &Machine, before: &Snapshot, id: &str, line: &str) {
    let only = format!("--only {id}");
    let found = findings_with(machine, id, &only);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(before.differences(&Snapshot::of(machine)), Vec::<String>::new(), "diagnosis changed something");
    let fixed = machine.gomedic_json(&format!("fix {id} --yes"));
    let fixed = &fixed["fixes"][0];
    assert_eq!(fixed["outcome"], "resolved", "{fixed:#}");
    assert_eq!(fixed["steps"][0]["target"], line);
    machine.terminal(LIST).works();
    assert_eq!(findings_with(machine, id, &only), Vec::<serde_json::Value>::new());
    assert_eq!(elsewhere(before, machine), Vec::<String>::new(), "the fix changed more");
    machine.gomedic("undo --yes").fails_with("cannot be taken back");
}

/// What differs outside of the certificates, and of what dpkg and the hooks of
/// other programs note about them in /var.
fn elsewhere(before: &Snapshot, machine: &Machine) -> Vec<String> {
    let mut changed = before.differences(&Snapshot::of(machine));
    changed.retain(|line| !line.starts_with("etc/ssl/certs") && !line.starts_with("var/"));
    changed
}
