//! Certificates that are refused for themselves, against a real TLS server.

use serde_json::Value;

use crate::Case;
use crate::authority::{Authority, Kind};
use crate::machine::{Machine, Shell};
use crate::modproxy::ModProxy;
use crate::proof::{assert_explained, findings_with};
use crate::tls::TlsFront;
use crate::tools::{BASH, BWRAP, FAKETIME, MIDDLE, NEW, OPENSSL, Tool, ZSH};

use super::dep::{DOWNLOAD, served};

pub fn cases() -> Vec<Case> {
    const NEEDS: &[Tool] = &[BASH, BWRAP, OPENSSL, FAKETIME, NEW];
    vec![
        Case { name: "tls-rejected: expired", needs: NEEDS, run: expired },
        Case { name: "tls-rejected: not yet valid", needs: NEEDS, run: not_yet_valid },
        Case {
            name: "tls-rejected: another name, in zsh",
            needs: &[ZSH, BWRAP, OPENSSL, FAKETIME, MIDDLE],
            run: other_name,
        },
        Case { name: "tls-rejected: a serial number below zero", needs: NEEDS, run: negative_serial },
    ]
}

const ID: &str = "tls-rejected";
const NAME: &str = "modules.lab.example";
/// A machine that trusts its company's authority and gets its modules over
/// TLS from a server of that company.
struct Company {
    machine: Machine,
    authority: Authority,
    front: TlsFront,
    _modules: ModProxy,
}

impl Company {
    fn new(shell: Shell, version: &str) -> Company {
        let modules = served();
        let authority = Authority::new("Lab Root");
        let front = TlsFront::start(&authority.issue(NAME, Kind::Good), modules.port());
        let machine = Machine::with_go(shell, version);
        machine.write("hosts", format!("127.0.0.1 localhost {NAME}\n"));
        let hosts = machine.home().join("hosts");
        let machine = machine.with_file(&hosts, "/etc/hosts");
        machine.write(".config/go/env", format!("GONOSUMDB=*\nGOPROXY=https://{NAME}:{}\n", front.port()));
        let certificate = authority.certificate().display().to_string();
        machine.append(shell.rc(), &shell.export_line("SSL_CERT_FILE", &certificate));
        let company = Company { machine, authority, front, _modules: modules };
        company.is_in_order();
        company
    }

    fn is_in_order(&self) {
        self.machine.terminal(DOWNLOAD).works();
        assert_eq!(findings_with(&self.machine, ID, ONLINE), Vec::<Value>::new());
    }

    /// With this certificate Go fails as it says, gomedic finds it, and says
    /// the same; with a good one both are content again.
    fn refuses(&self, name: &str, kind: Kind, key: &str, says: &str) {
        self.front.show(&self.authority.issue(name, kind));
        self.machine.terminal(DOWNLOAD).fails_with(says);
        let found = findings_with(&self.machine, ID, ONLINE);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0]["key"], format!("{NAME}:{key}"));
        assert_eq!(found[0]["severity"], "error");
        assert!(found[0].to_string().contains(says), "gomedic says it in other words: {found:#?}");
    }

    fn is_renewed(&self) {
        self.front.show(&self.authority.issue(NAME, Kind::Good));
        self.is_in_order();
    }
}

const ONLINE: &str = "--only tls-rejected";

fn expired() {
    let company = Company::new(Shell::Bash, "1.27.3");
    company.refuses(NAME, Kind::Expired, "expired", "certificate has expired or is not yet valid: current time");
    assert_explained(&company.machine, "goproxy-unreachable", ID);
    company.is_renewed();
}

fn not_yet_valid() {
    let company = Company::new(Shell::Bash, "1.27.3");
    let says = "certificate has expired or is not yet valid: current time";
    company.refuses(NAME, Kind::NotYetValid, "not-yet-valid", says);
    company.is_renewed();
}

fn other_name() {
    let company = Company::new(Shell::Zsh, "1.24.11");
    let says = "x509: certificate is valid for other.lab.example, not modules.lab.example";
    company.refuses("other.lab.example", Kind::Good, "name", says);
    assert_explained(&company.machine, "goproxy-unreachable", ID);
    company.is_renewed();
}

/// The way around that gomedic names lets one command pass.
fn negative_serial() {
    let company = Company::new(Shell::Bash, "1.27.3");
    company.refuses(NAME, Kind::NegativeSerial, "serial", "x509: negative serial number");
    company.machine.terminal(&format!("export GODEBUG=x509negativeserial=1; {DOWNLOAD}")).works();
    company.is_renewed();
}
