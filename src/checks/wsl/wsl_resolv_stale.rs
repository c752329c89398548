//! /etc/resolv.conf names an address of Windows that it no longer has.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::wsl::{NetworkMode, Resolv, ResolvState};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-resolv-stale",
    layer: Layer::Wsl,
    title: "/etc/resolv.conf names the gateway of today",
    impact: "No name is found here",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &[],
    page: page!("wsl/wsl-resolv-stale"),
    rule: rule!(judge(Resolv, NetworkMode)),
};

fn judge(resolv: &Resolv, network: &NetworkMode) -> Outcome {
    let Some(gateway) = network.gateway_of_today() else {
        return Outcome::skipped("the address of Windows changes in NAT mode only");
    };
    let servers = match &resolv.state {
        ResolvState::Servers(servers) => servers,
        _ => return Outcome::Passed,
    };
    // Behind one that answers, an old one is never asked.
    let old = servers.iter().filter(|(_, address)| network.was_gateway(&address.to_string())).count();
    let first = servers.first().filter(|(_, address)| network.was_gateway(&address.to_string()));
    let Some((line, address)) = first else { return Outcome::Passed };
    let only = old == servers.len();
    let severity = if only { Severity::Error } else { Severity::Warning };
    Finding::new("resolv.conf", severity, format!("/etc/resolv.conf names {address}, but Windows is at {gateway} now"))
        .detail(if only {
            "The network of WSL gets another address at each start. No name is found: lookup …: i/o timeout."
        } else {
            "The network of WSL gets another address at each start. Every lookup first waits for the old one."
        })
        .evidence(
            Evidence::new(format!("/etc/resolv.conf:{line}"), format!("nameserver {address}"))
                .expected(gateway.to_string()),
        )
        .evidence(network.evidence.clone())
        .fix(remedy::as_root(
            format!("Write {gateway} in its place, until the next start"),
            &["sed", "-i", &format!("{line}s/.*/nameserver {gateway}/"), "/etc/resolv.conf"],
            Inverse::Argv(
                ["sed", "-i", &format!("{line}s/.*/nameserver {address}/"), "/etc/resolv.conf"]
                    .map(str::to_owned)
                    .to_vec(),
            ),
        ))
        .fix(Fix::manual(
            "Let WSL write it again",
            format!(
                "Take generateResolvConf=false out of /etc/wsl.conf and remove the file. {}",
                remedy::wsl::AFTERWARDS
            ),
            Some("sudo rm /etc/resolv.conf".to_owned()),
        ))
        .into()
}
