//! An authority of the lab, and the certificates that it signs.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::tools::program;

/// An authority that no system knows by itself. All that it makes is made by
/// openssl, and lies in a folder of its own.
pub struct Authority {
    folder: TempDir,
}

/// What is special about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: valid today, for the name.
    Good,
    /// Its last day was four weeks ago.
    Expired,
    /// Its first day is in four weeks.
    NotYetValid,
    /// Its serial number is below zero.
    NegativeSerial,
}

/// Certificate and key of a server, as PEM files.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The certificate.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

impl Authority {
    /// An authority of this name.
    pub fn new(name: &str) -> Authority {
        let folder = tempfile::Builder::new().prefix("authority").tempdir_in(env!("CARGO_TARGET_TMPDIR"));
        let authority = Authority { folder: folder.expect("a folder can be made") };
        let subject = format!("/O=Lab/CN={name}");
        let arguments =
            ["req", "-x509", "-nodes", "-days", "9", "-subj", &subject, "-keyout", "ca.key", "-out", "ca.pem"];
        authority.run("openssl", &[&arguments[..], &NEW_KEY].concat());
        authority
    }

    /// Its own certificate, a PEM file.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Signs a certificate for a name.
    pub fn issue(&self, name: &str, kind: Kind) -> Identity {
        let (certificate, key) = ("server.pem", "server.key");
        let subject = format!("/CN={name}");
        let request = ["req", "-nodes", "-subj", &subject, "-keyout", key, "-out", "server.csr"];
        self.run("openssl", &[&request[..], &NEW_KEY].concat());
        fs::write(self.folder.path().join("server.ext"), format!("subjectAltName=DNS:{name}\n")).expect("it is ours");
        let serial = if kind == Kind::NegativeSerial { "-5" } else { "5" };
        let sign = [
            "openssl",
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-set_serial",
            serial,
            "-days",
            "2",
            "-extfile",
            "server.ext",
            "-out",
            certificate,
        ];
        match kind {
            Kind::Good | Kind::NegativeSerial => self.run(sign[0], &sign[1..]),
            Kind::Expired => self.run("faketime", &[&["-f", "-30d"], &sign[..]].concat()),
            Kind::NotYetValid => self.run("faketime", &[&["-f", "+28d"], &sign[..]].concat()),
        }
        let path = |name: &str| self.folder.path().join(name);
        Identity { certificate: path(certificate), key: path(key) }
    }

    /// The same with its own certificate behind, for servers that send both.
    pub fn issue_whole(&self, name: &str) -> Identity {
        let identity = self.issue(name, Kind::Good);
        let chain = [&identity.certificate, &self.certificate()].map(|path| fs::read(path).expect("it was made"));
        fs::write(&identity.certificate, chain.concat()).expect("it is ours");
        identity
    }

    fn run(&self, name: &str, arguments: &[&str]) {
        let path = program(name).expect("it is there");
        let mut command = Command::new(path);
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        let output = command.output().expect("it can be started");
        assert!(output.status.success(), "{name} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

const NEW_KEY: [&str; 4] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
