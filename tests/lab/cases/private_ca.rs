//! Authorities that a system does not know yet, and one that it does.

use serde_json::Value;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{assert_explained, findings_with};
use crate::tools::{BASH, CA, IP, MIDDLE, MOUNTS, NEW, OPENSSL, Tool, ZSH};

use super::company::Company;
use super::dep::DOWNLOAD;
use super::healthy::stays_green_online;

pub fn cases() -> Vec<Case> {
    const NEEDS: &[Tool] = &[BASH, CA, OPENSSL, IP, MOUNTS, NEW];
    const IN_ZSH: &[Tool] = &[ZSH, CA, OPENSSL, IP, MOUNTS, MIDDLE, NEW];
    vec![
        Case { name: "tls-unknown-ca: an inspected connection, in zsh", needs: IN_ZSH, run: inspected },
        Case { name: "healthy: a private authority, installed", needs: NEEDS, run: installed },
    ]
}

const ID: &str = "tls-unknown-ca";
const ONLINE: &str = "--only tls-unknown-ca";

const UNKNOWN: &str = "x509: certificate signed by unknown authority";

/// The one finding, which tells who signed.
fn found(machine: &Machine) -> Value {
    machine.terminal(DOWNLOAD).fails_with(UNKNOWN);
    let mut found = findings_with(machine, ID, ONLINE);
    assert_eq!(found.len(), 1, "{found:#?}");
    let evidence = found[0]["evidence"].to_string();
    assert!(evidence.contains(&format!("the TLS handshake: {UNKNOWN}")), "{found:#?}");
    assert_explained(machine, "goproxy-unreachable", ID);
    found.remove(0)
}

fn is_in_order(machine: &Machine) {
    machine.terminal(DOWNLOAD).works();
    assert_eq!(findings_with(machine, ID, ONLINE), Vec::<Value>::new());
}

/// Go's own module proxy shows a certificate from somebody else. The command
/// by hand takes that authority in.
fn inspected() {
    let company = Company::new(Shell::Zsh, "1.24.11", "proxy.golang.org");
    let found = found(&company.machine);
    assert!(found["detail"].to_string().contains("looks into the connection"), "{found:#}");
    let by_hand = found["fixes"][0]["steps"][0]["target"].as_str().expect("a command").replace("sudo ", "");
    company.machine.write("shop/company-ca.crt", std::fs::read(company.authority.certificate()).expect("it was made"));
    let told = company.machine.terminal("openssl x509 -noout -fingerprint -sha256 -in company-ca.crt").stdout;
    let fingerprint = told.trim().split('=').next_back().expect("a fingerprint").to_owned();
    assert!(found["evidence"].to_string().contains(&fingerprint), "{fingerprint}: {found:#}");
    company.machine.terminal(&by_hand).works();
    is_in_order(&company.machine);
}

/// A company's machine as it ought to be: nothing is found, with every check
/// run and every server asked.
fn installed() {
    let company = Company::new(Shell::Bash, "1.27.3", "modules.lab.example");
    company.install();
    company.machine.terminal(DOWNLOAD).works();
    stays_green_online(&company.machine);
}
