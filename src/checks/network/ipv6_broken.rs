//! IPv6 is preferred and leads nowhere.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::network::{Addresses, V6};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "ipv6-broken",
    layer: Layer::Network,
    title: "IPv6, where it is preferred, leads somewhere",
    impact: "Every new connection waits before it falls back to IPv4",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("network/ipv6-broken"),
    rule: rule!(judge(Addresses)),
};

fn judge(addresses: &Addresses) -> Outcome {
    let (address, said, answers) = match &addresses.v6 {
        V6::NotUsed(why) => return Outcome::skipped(*why),
        V6::Unknown(missing) => return missing.clone().into(),
        V6::Quick => return Outcome::Passed,
        V6::Stalls { address, said, answers } => (address, said, answers),
    };
    let host = &addresses.host;
    Finding::new("ipv6", Severity::Warning, "IPv6 has a way out that swallows connections")
        .detail(format!(
            "This machine tries IPv6 first. Go and curl turn to IPv4 after 0.3 seconds on each new connection; programs \
             that do not, hang for minutes. {host} is an example; other hosts with IPv6 are alike."
        ))
        .evidence(Evidence::new("/proc/net/ipv6_route", "a way to other networks").expected("one that works, or none"))
        .evidence(Evidence::new(format!("connection to {host} at {address}"), said))
        .evidence(Evidence::new(format!("connection to {host} at {answers}"), "it stands at once"))
        .fix(Fix::manual(
            "See where IPv6 gets lost",
            "A VPN that carries IPv4 only, or a router that announces IPv6 without having it, is the usual place. \
             Switch IPv6 off there, or have it repaired.",
            Some(format!("tracepath -6 {host}")),
        ))
        .fix(Fix::manual(
            "Prefer IPv4 until then",
            "This line in /etc/gai.conf makes programs of the C library try IPv4 first. Go without cgo does not read \
             the file, and falls back quickly by itself.",
            Some("echo 'precedence ::ffff:0:0/96 100' | sudo tee -a /etc/gai.conf".to_owned()),
        ))
        .into()
}
