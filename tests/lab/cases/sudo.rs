//! What sudo makes of PATH, as an ordinary user sees it.

use serde_json::Value;

use crate::Case;
use crate::machine::{Machine, Said, Shell};
use crate::tools::{BASH, MIDDLE, ROOT, SUDO, go_root};

pub fn cases() -> Vec<Case> {
    vec![Case { name: "sudo-loses-go", needs: &[BASH, MIDDLE, ROOT, SUDO], run: sudo_loses_go }]
}

/// The official place is outside of the secure_path that Debian ships; to
/// build as oneself and install as root works.
fn sudo_loses_go() {
    let machine = Machine::new(Shell::Bash);
    let user = User::new(&machine, "Defaults env_reset\nDefaults secure_path=\"/usr/sbin:/usr/bin:/sbin:/bin\"\n");
    user.runs("go version").works();
    user.runs("sudo -n go version").fails_with("sudo: go: command not found");
    let built = "GOFLAGS=-buildvcs=false go build -o shop . && sudo -n install shop /usr/local/bin/ && shop";
    user.runs(built).works();

    let findings = user.findings();
    assert_eq!(
        findings[0]["summary"], "sudo finds no go: /usr/local/go/bin is outside of its secure_path",
        "{findings:#?}"
    );
    assert_eq!(findings[0]["severity"], "info");

    let user = User::new(&machine, "Defaults secure_path=\"/usr/bin:/bin:/usr/local/go/bin\"\n");
    user.runs("sudo -n go version").works();
}

/// An ordinary user who may use sudo.
struct User<'a> {
    machine: &'a Machine,
    place: tempfile::TempDir,
}

impl<'a> User<'a> {
    /// A user with a home of their own, on a machine with these rules.
    fn new(machine: &'a Machine, rules: &str) -> User<'a> {
        // The folders on the way to the machine may be closed to others.
        let place = tempfile::Builder::new().prefix("gomedic-lab").tempdir_in("/tmp").expect("a folder");
        machine.write("sudoers", format!("{rules}nobody ALL=(ALL) NOPASSWD: ALL\n"));
        machine.write("group", "root:x:0:\nsudo:x:27:nobody\nnogroup:x:65534:\n");
        std::fs::copy(env!("CARGO_BIN_EXE_gomedic"), place.path().join("gomedic")).expect("a program can be copied");
        User { machine, place }
    }

    /// Runs a command line as that user, in mounts of its own: sudo's rules
    /// and the groups are the machine's, and Go lies in /usr/local/go.
    fn runs(&self, line: &str) -> Said {
        let place = self.place.path().display();
        let script = format!(
            "set -e
             cp -r ~/shop {place}/ && chown -R 65534:65534 {place} && chmod 755 {place} && chmod 440 ~/sudoers
             mount -t tmpfs tmpfs /usr/local && mkdir /usr/local/go /usr/local/bin
             mount --bind {go} /usr/local/go
             mount --bind ~/sudoers /etc/sudoers && mount --bind ~/group /etc/group
             export HOME={place} USER=nobody LOGNAME=nobody SHELL=/bin/bash
             export PATH=/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin
             cd {place}/shop
             exec setpriv --reuid=65534 --regid=65534 --init-groups bash -c \"$LINE\"",
            go = go_root("1.24.11").display(),
        );
        self.machine.terminal(&format!(
            "export LINE={} SCRIPT={}; unshare -m bash -c \"$SCRIPT\"",
            quoted(line),
            quoted(&script)
        ))
    }

    fn findings(&self) -> Vec<Value> {
        let gomedic = self.place.path().join("gomedic");
        let said = self.runs(&format!("{} check --offline --only sudo-loses-go --format json", gomedic.display()));
        let report: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {said:?}"));
        report["checks"][0]["findings"].as_array().cloned().unwrap_or_default()
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
