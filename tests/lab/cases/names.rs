//! Name servers that answer, refuse, are silent, or are not named.

use serde_json::Value;

use crate::Case;
use crate::machine::{Background, Machine, Shell};
use crate::modproxy::ModProxy;
use crate::namespaces::Namespaces;
use crate::proof::{assert_explained, findings_with};
use crate::tools::{BASH, DNSMASQ, IP, MIDDLE, MOUNTS, NEW, Tool, ZSH, program};

use super::dep::{DOWNLOAD, served_at};

pub fn cases() -> Vec<Case> {
    const NEEDS: &[Tool] = &[BASH, DNSMASQ, IP, MOUNTS, NEW];
    vec![
        Case { name: "dns-broken: refuses", needs: NEEDS, run: refuses },
        Case { name: "dns-broken: silent, in zsh", needs: &[ZSH, DNSMASQ, IP, MOUNTS, MIDDLE], run: silent },
        Case { name: "dns-broken: the first one is silent", needs: NEEDS, run: first_is_silent },
        Case { name: "dns-broken: no file, beside systemd-resolved's", needs: NEEDS, run: no_file },
    ]
}

const ID: &str = "dns-broken";
const ONLINE: &str = "--only dns-broken";

const NAME: &str = "modules.lab.example";

/// A machine that gets its modules from a server that it knows by name, in a
/// network of its own.
struct Office {
    machine: Machine,
    _modules: ModProxy,
}

impl Office {
    fn new(shell: Shell, version: &str) -> Office {
        let namespace = Namespaces::system("rm -f /etc/resolv.conf\necho '127.0.0.1 localhost' > /etc/hosts\n");
        let modules = served_at(namespace.listener(80));
        let machine = Machine::with_go(shell, version);
        machine.write(".config/go/env", format!("GONOSUMDB=*\nGOPROXY=http://{NAME}\n"));
        Office { machine: machine.within(namespace), _modules: modules }
    }

    /// Starts a real name server in there. It knows nothing but what the
    /// arguments say.
    fn name_server(&self, address: &str, arguments: &[&str]) -> Background {
        let listen = format!("--listen-address={address}");
        let plain = ["-k", "-C", "/dev/null", "--no-resolv", "--no-hosts", "--bind-interfaces", "--user=root", &listen];
        let arguments = [&plain, arguments, &["--pid-file", "--log-facility=/dev/null"]].concat();
        let server = self.machine.background(&program("dnsmasq").expect("it is there"), &arguments);
        // It listens on TCP at the moment when it answers.
        self.machine.wait_for_port(address, 53);
        server
    }

    fn resolv_conf(&self, text: &str) {
        let path = self.machine.seen("/etc/resolv.conf".as_ref());
        std::fs::write(path, text).expect("the layer can be written");
    }

    fn is_in_order(&self) {
        self.machine.terminal(DOWNLOAD).works();
        assert_eq!(self.found(), Vec::<Value>::new());
    }

    fn found(&self) -> Vec<Value> {
        findings_with(&self.machine, ID, ONLINE)
    }

    /// The one finding, which says this.
    fn finds(&self, summary: &str) -> Value {
        let mut found = self.found();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0]["summary"], summary);
        assert!(found[0]["evidence"].to_string().contains(&format!("lookup of {NAME}")), "{found:#?}");
        found.remove(0)
    }
}

/// What a name server knows that knows the module proxy.
const KNOWS: &str = "--address=/modules.lab.example/198.51.100.10";

fn refuses() {
    let office = Office::new(Shell::Bash, "1.27.3");
    office.resolv_conf("# the office\nnameserver 127.0.0.1\n");
    let server = office.name_server("127.0.0.1", &[KNOWS]);
    office.is_in_order();
    drop(server);
    let server = office.name_server("127.0.0.1", &[]);
    office.machine.terminal(DOWNLOAD).fails_with("server misbehaving");
    let found = office.finds("The name server 127.0.0.1 refuses to look names up");
    assert!(found["evidence"].to_string().contains("REFUSED"), "{found:#}");
    assert_explained(&office.machine, "goproxy-unreachable", ID);
    drop(server);
    let _server = office.name_server("127.0.0.1", &[KNOWS]);
    office.is_in_order();
}

/// It asks another one for what it does not know, and waits for that.
fn silent() {
    let office = Office::new(Shell::Zsh, "1.24.11");
    office.resolv_conf("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
    let server = office.name_server("127.0.0.1", &["--server=192.0.2.1"]);
    office.machine.terminal(DOWNLOAD).fails_with("i/o timeout");
    office.finds("The name server 127.0.0.1 does not answer");
    drop(server);
    let _server = office.name_server("127.0.0.1", &[KNOWS]);
    office.is_in_order();
}

fn first_is_silent() {
    let office = Office::new(Shell::Bash, "1.27.3");
    office.resolv_conf("nameserver 127.0.0.1\nnameserver 127.0.0.2\n");
    let _silent = office.name_server("127.0.0.1", &["--server=192.0.2.1"]);
    let _answers = office.name_server("127.0.0.2", &[KNOWS]);
    let hurried = format!("timeout -v 4 sh -c '{DOWNLOAD}'");
    office.machine.terminal(&hurried).fails_with("sending signal TERM");
    let found = office.finds("The first name server, 127.0.0.1, does not answer; the next one would");
    // It works after a while: no other check calls that a failure.
    assert_eq!(found["severity"], "warning", "{found:#}");
    let report = office.machine.gomedic_json("check --only network");
    assert_eq!((&report["summary"]["error"], &report["summary"]["warning"]), (&0.into(), &1.into()), "{report:#}");
    office.resolv_conf("nameserver 127.0.0.2\n");
    office.machine.terminal(&hurried).works();
    assert_eq!(office.found(), Vec::<Value>::new());
}

/// A link to systemd-resolved's file is what the distribution has.
fn no_file() {
    let office = Office::new(Shell::Bash, "1.27.3");
    let _server = office.name_server("127.0.0.53", &[KNOWS]);
    let folder = "/run/systemd/resolve";
    let stub = "echo nameserver 127.0.0.53 > /run/systemd/resolve/stub-resolv.conf";
    office.machine.terminal(&format!("mkdir -p {folder} && {stub}")).works();

    office.machine.terminal(DOWNLOAD).fails_with("connection refused");
    office.finds("/etc/resolv.conf does not exist");
    let fixed = office.machine.gomedic_json(&format!("fix {ID} {ONLINE} --yes"));
    assert_eq!(fixed["fixes"][0]["outcome"], "resolved", "{fixed:#}");
    office.is_in_order();
    office.machine.gomedic("undo --yes").fails_with("what stood there named no server");
}
