//! A server's certificate ends in an authority that this system does not know.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::host::{Certificate, CertificateFault, Machine, Rejection};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::network::{Certificates, ServerCertificate, Waiting};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "tls-unknown-ca",
    layer: Layer::Network,
    title: "The certificates of Go's servers come from known authorities",
    impact: "Go cannot download modules here",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &["ca-bundle-missing"],
    page: page!("network/tls-unknown-ca"),
    rule: rule!(judge(Certificates, Settings)),
};

/// Servers whose certificates come from authorities that every system knows.
const PUBLIC: [&str; 5] = ["proxy.golang.org", "sum.golang.org", "goproxy.cn", "goproxy.io", "sum.golang.google.cn"];

fn judge(certificates: &Certificates, settings: &Settings) -> Outcome {
    let mut groups: Vec<(&Certificate, &Rejection, Vec<&ServerCertificate>)> = Vec::new();
    for server in &certificates.servers {
        let Err(rejection) = &server.shown else { continue };
        let Some(end) = rejection.chain.last().filter(|_| rejection.fault == CertificateFault::UnknownAuthority) else {
            continue;
        };
        match groups.iter_mut().find(|(known, ..)| authority(known) == authority(end)) {
            Some((.., servers)) => servers.push(server),
            None => groups.push((end, rejection, vec![server])),
        }
    }
    let findings: Vec<Finding> = groups
        .iter()
        .map(|(end, rejection, servers)| finding(end, rejection, servers, certificates, settings.machine()))
        .collect();
    match &certificates.unknown {
        _ if !findings.is_empty() => Outcome::of(findings),
        Some(missing) if certificates.servers.is_empty() => missing.clone().into(),
        _ if certificates.servers.is_empty() => Outcome::skipped("no server was reached over TLS"),
        _ => Outcome::Passed,
    }
}

/// Whom the system would have to know.
fn authority(end: &Certificate) -> &str {
    if end.is_self_issued() { &end.subject } else { &end.issuer }
}

fn finding(
    end: &Certificate,
    rejection: &Rejection,
    servers: &[&ServerCertificate],
    certificates: &Certificates,
    machine: &Machine,
) -> Finding {
    let hosts: Vec<&str> = servers.iter().map(|server| server.host.as_str()).collect();
    let inspected = hosts.iter().any(|host| PUBLIC.contains(host));
    let who = common_name(authority(end));
    let why = if inspected {
        "That is not who signs for this server in the open: a company's proxy or a virus scanner on the way looks \
         into the connection."
    } else {
        "For a server of your company that is normal, once this system knows the company's authority."
    };
    let evidence = servers
        .iter()
        .map(|server| Evidence::new(format!("GET {}", server.url), format!("the TLS handshake: {}", rejection.detail)));
    Finding::new(authority(end), Severity::Error, format!("{} is vouched for by \"{who}\", unknown here", hosts[0]))
        .detail(format!(
            "Every download from {} fails with tls: failed to verify certificate: {}. {why}",
            remedy::listed(&hosts),
            rejection.detail
        ))
        .evidences(evidence)
        .evidence(end_of_chain(end))
        .fixes(fixes(end, certificates, machine))
}

fn end_of_chain(end: &Certificate) -> Evidence {
    let observed = if end.is_self_issued() {
        format!("the root {}; SHA-256 {}; valid until {}", end.subject, end.sha256, end.not_after)
    } else {
        format!(
            "{}, signed by {}, which was not sent; SHA-256 of the former {}; valid until {}",
            end.subject, end.issuer, end.sha256, end.not_after
        )
    };
    Evidence::new("end of the server's chain", observed).expected("an authority that this system knows")
}

/// The part of a name that people know it by.
fn common_name(name: &str) -> &str {
    let part = |kind: &str| name.split(',').find_map(|part| part.strip_prefix(kind));
    part("CN=").or_else(|| part("O=")).unwrap_or(name)
}

fn fixes(end: &Certificate, certificates: &Certificates, machine: &Machine) -> Vec<Fix> {
    let store = Store::of(machine);
    let ready = certificates.waiting.iter().find(|waiting| waiting.certificate.subject == authority(end));
    let mut fixes = Vec::new();
    if let (Some(Waiting { path, .. }), Some(program)) = (ready, store.program) {
        fixes.push(remedy::as_root(
            format!("Take {} into the system's bundle", machine.tilde(path)),
            program,
            Inverse::CannotBeUndone(format!("take {} away and run it again", path.display())),
        ));
    }
    let fingerprint = if end.is_self_issued() { format!(" SHA-256 {}", end.sha256) } else { String::new() };
    let text = format!(
        "Ask who runs the network for the certificate of \"{}\" and for its fingerprint, by another way than this \
         connection. Install it only when the fingerprint is the same.{fingerprint}",
        common_name(authority(end))
    );
    fixes.push(Fix::manual("Install the authority after comparing its fingerprint", text, Some(store.command())));
    fixes
}

/// How a distribution takes an authority in.
struct Store {
    folder: &'static str,
    program: Option<&'static [&'static str]>,
}

impl Store {
    fn of(machine: &Machine) -> Store {
        let like = |families: &[&str]| families.iter().any(|family| machine.is_like(family));
        if like(&["fedora", "rhel", "centos"]) {
            Store { folder: "/etc/pki/ca-trust/source/anchors", program: Some(&["update-ca-trust"]) }
        } else if like(&["suse", "opensuse", "sles"]) {
            Store { folder: "/etc/pki/trust/anchors", program: Some(&["update-ca-certificates"]) }
        } else if like(&["arch"]) {
            Store { folder: "", program: None }
        } else {
            Store { folder: "/usr/local/share/ca-certificates", program: Some(&["update-ca-certificates"]) }
        }
    }

    fn command(&self) -> String {
        match self.program {
            Some(program) => {
                let target = Path::new(self.folder).join("company-ca.crt");
                format!("sudo install -m 644 company-ca.crt {} && sudo {}", target.display(), program.join(" "))
            }
            None => "sudo trust anchor --store company-ca.crt".to_owned(),
        }
    }
}
