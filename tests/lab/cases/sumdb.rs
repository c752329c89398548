//! A checksum database that cannot be asked, though modules come.

use serde_json::Value;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::modproxy::ModProxy;
use crate::proof::{Proof, findings_with};
use crate::servers::ModuleServer;
use crate::sumdb::SumDb;
use crate::tools::{BASH, BWRAP, NEW, ZSH};

use super::dep::{DOWNLOAD, served};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "sumdb-unreachable: no such name", needs: &[BASH, BWRAP, NEW], run: unknown_name },
        Case { name: "sumdb-unreachable: a dead URL, in zsh", needs: &[ZSH, NEW], run: dead_url },
    ]
}

const ID: &str = "sumdb-unreachable";
const ONLINE: &str = "--only sumdb-unreachable";

/// A company's Go: its own settings name a module proxy that serves a checksum
/// database. `modules` is another module proxy, which does not.
struct Company {
    machine: Machine,
    modules: ModProxy,
    sums: SumDb,
}

impl Company {
    fn new(shell: Shell) -> Company {
        let modules = served();
        let sums = SumDb::start(modules.folder());
        let machine = Machine::with_go(shell, "1.27.3");
        let settings = "sdk/go1.27.3/go.env";
        // Other machines have the file, too.
        std::fs::remove_file(machine.home().join(settings)).expect("it is there");
        machine.write(settings, format!("GOPROXY={}\nGOSUMDB={}\nGOTOOLCHAIN=local\n", sums.url(), sums.key()));
        let company = Company { machine, modules, sums };
        company.is_in_order();
        company
    }

    fn is_in_order(&self) {
        self.machine.terminal(DOWNLOAD).works();
        assert_eq!(findings_with(&self.machine, ID, ONLINE), Vec::<Value>::new());
    }

    fn assert_stage(&self, stage: &str) {
        let found = findings_with(&self.machine, ID, ONLINE);
        let told = |finding: &Value| finding["evidence"].to_string().contains(&format!("\"{stage}: "));
        assert!(found.len() == 1 && told(&found[0]), "this ought to fail at {stage}: {found:#?}");
    }
}

/// The user's own module proxy does not serve the database, and its name is
/// looked up in files alone.
fn unknown_name() {
    let mut company = Company::new(Shell::Bash);
    company.machine.write("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
    let names = company.machine.home().join("nsswitch.conf");
    company.machine = company.machine.with_file(&names, "/etc/nsswitch.conf");
    company.machine.write(".config/go/env", format!("GOPROXY={}\n", company.modules.url()));
    company.assert_stage("name lookup");
    let says = "dial tcp: lookup sum.lab.example: no such host";
    Proof { id: ID, command: DOWNLOAD, says }.run_online(&company.machine);
}

/// With a URL in GOSUMDB, it is of no use that the module proxy serves the
/// database. Nothing listens on port 1.
fn dead_url() {
    let company = Company::new(Shell::Zsh);
    let key = company.sums.key();
    let set = |url: &str| company.machine.write(".zshrc", format!("export GOSUMDB='{key} {url}'\n"));
    set(&company.sums.url());
    company.is_in_order();

    let other = ModuleServer::start("example.com/other", "v1.0.0");
    set(&format!("http://127.0.0.1:{}", other.port()));
    company.machine.terminal(DOWNLOAD).fails_with("404 Not Found");
    company.assert_stage("the HTTP answer");

    set("http://127.0.0.1:1");
    company.assert_stage("connecting");
    let says = "dial tcp 127.0.0.1:1: connect: connection refused";
    Proof { id: ID, command: DOWNLOAD, says }.run_online(&company.machine);
}
