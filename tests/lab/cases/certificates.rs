//! Certificates, against a real HTTPS server.

use std::fs;

use crate::Case;
use crate::machine::{Background, Machine, Shell};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, BWRAP, NEW, OPENSSL, ZSH, program};

use super::network::{free_port, wait_for};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "ca-bundle-missing: a variable left over", needs: &[ZSH, OPENSSL, NEW], run: left_over },
        Case { name: "ca-bundle-missing: a slim image", needs: &[BASH, BWRAP, OPENSSL, NEW], run: slim_image },
    ]
}

pub(super) const LIST: &str = "go list -m -versions example.com/dep";

pub(super) const UNKNOWN: &str = "certificate signed by unknown authority";

/// Starts a module proxy of files on HTTPS. Its certificate, in `~/ca.pem`,
/// vouches for itself.
pub(super) fn serve(machine: &Machine) -> Background {
    let proxy = machine.module_proxy("example.com/dep", "v1.0.0");
    let make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=lab \
                -addext subjectAltName=IP:127.0.0.1 -keyout ~/key.pem -out ~/ca.pem";
    machine.terminal(make).works();
    let port = free_port();
    machine.write(".config/go/env", format!("GONOSUMDB=*\nGOPROXY=https://127.0.0.1:{port}\n"));
    let line =
        format!("cd {} && exec openssl s_server -accept {port} -WWW -cert ~/ca.pem -key ~/key.pem", proxy.display());
    let server = machine.background(&program("sh").expect("every system has it"), &["-c", &line]);
    wait_for(port);
    server
}

/// A later line hides the one that names the company's certificates.
fn left_over() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    let _server = serve(&machine);
    machine.append(".zshrc", "export SSL_CERT_FILE=$HOME/ca.pem\n");
    machine.terminal(LIST).works();
    assert_eq!(findings(&machine, "ca-bundle-missing"), Vec::<serde_json::Value>::new());
    machine.append(".zshrc", "export SSL_CERT_FILE=/opt/old-laptop/ca.pem\n");
    Proof { id: "ca-bundle-missing", command: LIST, says: UNKNOWN }.run(&machine);
}

/// No certificates in any of the places: installing them takes a network, so
/// they are put there by hand.
fn slim_image() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let empty = machine.home().join("certs");
    fs::create_dir(&empty).expect("a folder can be made");
    let machine = machine.with_mount(&empty, "/etc/ssl/certs");
    let _server = serve(&machine);
    machine.terminal(LIST).fails_with(UNKNOWN);
    let found = findings(&machine, "ca-bundle-missing");
    assert_eq!(found.len(), 1, "{}", machine.gomedic("check --offline").stdout);
    assert_eq!(found[0]["severity"], "error");
    let certificate = fs::read(machine.home().join("ca.pem")).expect("it was made");
    machine.write("certs/lab.pem", certificate);
    machine.terminal(LIST).works();
    assert_eq!(findings(&machine, "ca-bundle-missing"), Vec::<serde_json::Value>::new());
}
