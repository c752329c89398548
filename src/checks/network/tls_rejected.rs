//! A server's certificate is refused for itself: its time, its name, its form.

use crate::checks::Check;
use crate::host::{CertificateFault, Rejection};
use crate::model::{Class, Evidence, Finding, Fix, GoVersion, Layer, Outcome, Severity};
use crate::probes::go::Toolchains;
use crate::probes::network::{Certificates, ServerCertificate};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "tls-rejected",
    layer: Layer::Network,
    title: "The certificates of Go's servers are in order",
    impact: "Go cannot download modules here",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &["clock-skew"],
    page: page!("network/tls-rejected"),
    rule: rule!(judge(Certificates, Toolchains)),
};

/// Since this release Go refuses serial numbers below zero.
const STRICT: (u32, u32) = (1, 23);

fn judge(certificates: &Certificates, toolchains: &Toolchains) -> Outcome {
    let version = toolchains.in_use().and_then(|(_, go)| go.version.as_ref());
    let findings: Vec<Finding> = certificates.servers.iter().filter_map(|server| of_server(server, version)).collect();
    match &certificates.unknown {
        _ if !findings.is_empty() => Outcome::of(findings),
        Some(missing) if certificates.servers.is_empty() => missing.clone().into(),
        _ if certificates.servers.is_empty() => Outcome::skipped("no server was reached over TLS"),
        _ => Outcome::Passed,
    }
}

fn of_server(server: &ServerCertificate, go: Option<&GoVersion>) -> Option<Finding> {
    let chain = match &server.shown {
        // tls-unknown-ca speaks of these.
        Err(rejection) if rejection.fault == CertificateFault::UnknownAuthority => return None,
        Err(rejection) => return Some(refused(server, rejection)),
        Ok(chain) => chain,
    };
    let bad = chain.iter().find(|certificate| certificate.negative_serial)?;
    let said = "x509: negative serial number";
    let strict = go.is_some_and(|go| go.language() >= STRICT);
    let finding = Finding::new(
        format!("{}:serial", server.host),
        Severity::Error,
        format!("A certificate of {} has a serial number below zero", server.host),
    )
    .detail(format!(
        "Since 1.23 Go refuses such a certificate: tls: failed to parse certificate from server: {said}. Older \
         releases and other programs take it."
    ))
    .evidence(Evidence::new(format!("GET {}", server.url), format!("{}: serial number below zero", bad.subject)))
    .evidence(Evidence::new("the Go in use", go.map(ToString::to_string).unwrap_or_default()))
    .fix(tell_who_runs_it(server))
    .fix(Fix::manual(
        "Let Go take it for now",
        "GODEBUG=x509negativeserial=1 lets one command pass. Do not leave it set: the certificate has to be made anew.",
        Some("GODEBUG=x509negativeserial=1 go mod download".to_owned()),
    ));
    strict.then_some(finding)
}

fn refused(server: &ServerCertificate, rejection: &Rejection) -> Finding {
    let host = &server.host;
    let (key, summary) = match rejection.fault {
        CertificateFault::Expired => {
            ("expired", format!("The certificate of {host} has expired, by this machine's clock"))
        }
        CertificateFault::NotYetValid => {
            ("not-yet-valid", format!("The certificate of {host} is not yet valid, by this machine's clock"))
        }
        CertificateFault::WrongName => {
            ("name", format!("What answers for {host} shows a certificate for another name"))
        }
        CertificateFault::UnknownAuthority | CertificateFault::Invalid => {
            ("invalid", format!("The certificate of {host} breaks the rules for certificates"))
        }
    };
    let is_about_time = rejection.fault.is_about_time();
    let mut finding = Finding::new(format!("{host}:{key}"), Severity::Error, summary)
        .detail(format!(
            "Every download from {host} fails with tls: failed to verify certificate: {}.",
            rejection.detail
        ))
        .evidence(Evidence::new(format!("GET {}", server.url), format!("the TLS handshake: {}", rejection.detail)))
        .explained_by(if is_about_time { &["clock-skew"] } else { &[] });
    if let Some(own) = rejection.chain.first() {
        finding = finding.evidence(Evidence::new(
            "the server's certificate",
            format!("{}, from {}; valid {} to {}", own.subject, own.issuer, own.not_before, own.not_after),
        ));
    }
    if is_about_time {
        finding = finding.fix(Fix::manual(
            "Look at the clock first",
            "When this machine's clock is wrong, set it; the certificate is then fine.",
            Some("date -u".to_owned()),
        ));
    }
    if rejection.fault == CertificateFault::WrongName {
        finding = finding.fix(Fix::manual(
            "See who answers",
            "A sign-in page of the network, a hosts file or a name server may lead to another server than meant.",
            Some(format!("getent hosts {host}")),
        ));
    }
    finding.fix(tell_who_runs_it(server))
}

fn tell_who_runs_it(server: &ServerCertificate) -> Fix {
    let text = "It takes a new certificate on the server, or on the proxy that looks into the connection. Show them \
                the evidence.";
    let address = server.url.split('/').nth(2).unwrap_or(&server.host);
    let address = if address.contains(':') { address.to_owned() } else { format!("{address}:443") };
    Fix::manual(
        format!("Tell who runs {}", server.host),
        text,
        Some(format!("openssl s_client -connect {address} -servername {} </dev/null", server.host)),
    )
}
