//! A time service that has no time from anywhere.

use serde_json::Value;

use crate::Case;
use crate::machine::{Background, Machine, Shell};
use crate::namespaces::Namespaces;
use crate::proof::findings_with;
use crate::tools::{BASH, CHRONY, IP, MOUNTS, NEW, Tool, program};

pub fn cases() -> Vec<Case> {
    const NEEDS: &[Tool] = &[BASH, CHRONY, IP, MOUNTS, NEW];
    vec![Case { name: "ntp-unsynchronised: never told that there is a network", needs: NEEDS, run: offline }]
}

const ID: &str = "ntp-unsynchronised";
const ONLINE: &str = "--only ntp-unsynchronised";

/// The machine's own chronyd, which is told to ask nobody until the network is
/// there; and a time server.
const CHRONY_CONF: &str = "
mkdir -p /etc/chrony /run/chrony
chmod 750 /run/chrony
echo 'server 198.51.100.10 port 12300 iburst offline
bindcmdaddress /run/chrony/chronyd.sock
cmdport 0
pidfile /run/chrony/chronyd.pid' > /etc/chrony/chrony.conf
echo 'local stratum 8
bindaddress 198.51.100.10
port 12300
allow
bindcmdaddress /
cmdport 0
pidfile /run/server.pid' > /etc/chrony/server.conf
";

/// Fails as long as chrony has the time from nowhere.
fn synchronised(seconds: u8) -> String {
    format!("chronyc waitsync {seconds} 0 0 1")
}

fn start(machine: &Machine, configuration: &str) -> Background {
    let arguments = ["-x", "-d", "-U", "-u", "root", "-f", configuration];
    machine.background(&program("chronyd").expect("it is there"), &arguments)
}

/// What tells a service that the network is there has never run.
fn offline() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOPROXY=off\n");
    let machine = machine.within(Namespaces::system(CHRONY_CONF));
    let _server = start(&machine, "/etc/chrony/server.conf");
    let _own = start(&machine, "/etc/chrony/chrony.conf");
    machine.terminal("for i in $(seq 100); do chronyc tracking && exit; sleep 0.05; done; exit 1").works();

    machine.terminal(&synchronised(1)).fails_with("refid: 00000000");
    let report = machine.gomedic_json(&format!("check {ONLINE}"));
    assert_eq!(report["checks"][0]["reason"], "the time service started a few minutes ago", "{report:#}");
    // As if it had run for an hour.
    machine.terminal("touch -d '1 hour ago' /run/chrony/chronyd.pid /run/chrony/chronyd.sock").works();
    let found = findings_with(&machine, ID, ONLINE);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0]["evidence"].to_string().contains("Not synchronised"), "{found:#?}");

    let fixed = machine.gomedic_json(&format!("fix {ID} {ONLINE} --yes"));
    assert_eq!(fixed["fixes"][0]["outcome"], "pending", "{fixed:#}");
    assert_eq!(fixed["fixes"][0]["detail"], "waits for an answer from a time server", "{fixed:#}");
    machine.terminal(&synchronised(30)).works();
    assert_eq!(findings_with(&machine, ID, ONLINE), Vec::<Value>::new());
    machine.gomedic("undo --yes").fails_with("time that was wrong does not come back");
}
