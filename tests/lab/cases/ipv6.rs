//! IPv6 that leads nowhere.

use serde_json::Value;

use crate::Case;
use crate::git::repository;
use crate::machine::{Machine, Shell};
use crate::namespaces::Namespaces;
use crate::proof::findings_with;
use crate::system::SERVER;
use crate::tools::{BASH, GIT, IP, MOUNTS, NEW, Tool, program};

use super::dep::{DOWNLOAD, served_at};

pub fn cases() -> Vec<Case> {
    const NEEDS: &[Tool] = &[BASH, GIT, IP, MOUNTS, NEW];
    vec![
        Case { name: "ipv6-broken: a router that swallows it", needs: NEEDS, run: swallowed },
        Case { name: "healthy: IPv6 within the house only", needs: NEEDS, run: no_way_out },
    ]
}

const ID: &str = "ipv6-broken";
const ONLINE: &str = "--only ipv6-broken";

const NAME: &str = "modules.lab.example";

/// An address of the machine's own, and one of the server, which nobody has.
const ADDRESSES: &str = "
ip -6 address add 2001:db8:1::2/64 dev eth0 nodad
echo '127.0.0.1 localhost
2001:db8:2::10 modules.lab.example
198.51.100.10 modules.lab.example' > /etc/hosts
rm -f /etc/gai.conf
";

/// A router that is there and passes nothing on.
const ROUTER: &str = "
ip -6 neighbour add 2001:db8:1::1 lladdr 02:00:00:00:00:01 dev eth0
ip -6 route add default via 2001:db8:1::1 dev eth0
";

/// git's own server listens by IPv4 only, as most servers at home do. git
/// tries one address after the other.
const FETCH: &str = "timeout -v 3 git ls-remote git://modules.lab.example/lib";

fn swallowed() {
    let namespace = Namespaces::system(&format!("{ADDRESSES}{ROUTER}"));
    let modules = served_at(namespace.listener(3000));
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", format!("GONOSUMDB=*\nGOPROXY=http://{NAME}:3000\n"));
    let repositories = repository(&machine).display().to_string();
    let machine = machine.within(namespace);
    let base = format!("--base-path={repositories}");
    let listen = format!("--listen={SERVER}");
    let git = program("git").expect("it is there");
    let _daemon = machine.background(&git, &["daemon", "--reuseaddr", "--export-all", &base, &listen]);
    machine.wait_for_port(SERVER, 9418);

    machine.terminal(FETCH).fails_with("sending signal TERM");
    // Go turns to IPv4 by itself.
    machine.terminal(DOWNLOAD).works();
    let found = findings_with(&machine, ID, ONLINE);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["severity"], "warning");
    let evidence = found[0]["evidence"].to_string();
    assert!(evidence.contains("2001:db8:2::10") && evidence.contains(SERVER), "{found:#?}");

    let by_hand = found[0]["fixes"][1]["steps"][0]["target"].as_str().expect("it is a command").to_owned();
    machine.terminal(&by_hand.replace("sudo ", "")).works();
    machine.terminal(FETCH).works();
    assert_eq!(findings_with(&machine, ID, ONLINE), Vec::<Value>::new());
    drop(modules);
}

/// Without a way out, connections over IPv6 fail at once.
fn no_way_out() {
    let namespace = Namespaces::system(ADDRESSES);
    let _modules = served_at(namespace.listener(3000));
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", format!("GONOSUMDB=*\nGOPROXY=http://{NAME}:3000\n"));
    let machine = machine.within(namespace);
    machine.terminal(DOWNLOAD).works();
    let report = machine.gomedic_json(&format!("check {ONLINE}"));
    assert_eq!(report["checks"][0]["findings"], Value::Array(Vec::new()), "{report:#}");
    assert_ne!(report["checks"][0]["status"], "unknown", "{report:#}");
}
