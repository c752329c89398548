//! A proxy is named by an address of Windows that it no longer has.

use crate::checks::Check;
use crate::checks::remedy::proxies::{ProxyTrace, by_endpoint, contexts_of};
use crate::host::Endpoint;
use crate::model::{Class, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::network::{ProxySettings, ProxyValue};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::wsl::NetworkMode;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-proxy-gateway-stale",
    layer: Layer::Wsl,
    title: "Proxies are at the gateway of today",
    impact: "Go cannot download modules here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("wsl/wsl-proxy-gateway-stale"),
    rule: rule!(judge(Contexts, ProxySettings, NetworkMode, Settings, RcFiles)),
};

fn judge(
    shells: &Contexts,
    proxies: &ProxySettings,
    network: &NetworkMode,
    settings: &Settings,
    rc: &RcFiles,
) -> Outcome {
    let Some(gateway) = network.gateway_of_today().map(|address| address.to_string()) else {
        return Outcome::skipped("the address of Windows changes in NAT mode only");
    };
    let values = proxies.proxies();
    // Another address in that range may be a container's, or the company's.
    let old = by_endpoint(&values).into_iter().filter(|(endpoint, _)| network.was_gateway(&endpoint.host));
    let findings = old.map(|(endpoint, values)| finding(endpoint, &values, &gateway, network, (settings, rc)));
    shells.outcome(findings.collect())
}

fn finding(
    endpoint: &Endpoint,
    values: &[&ProxyValue],
    gateway: &str,
    network: &NetworkMode,
    (settings, rc): (&Settings, &RcFiles),
) -> Finding {
    let trace = ProxyTrace::of(values.iter().copied(), settings, rc);
    let port = endpoint.port;
    let line = format!("export https_proxy=http://$(ip route show default | cut -d' ' -f3):{port}");
    Finding::new(
        endpoint.to_string(),
        Severity::Error,
        format!("The proxy {endpoint} was at the gateway, which is {gateway} now"),
    )
    .seen_in(contexts_of(values))
    .about(values.first().map(|value| value.variable.name).unwrap_or_default())
    .detail("In NAT mode WSL gets another network at each start, and Windows another address in it. Downloads wait for an address that nobody has: i/o timeout.")
    .evidences(trace.evidence.clone())
    .evidence(network.evidence.clone().expected(format!("{gateway}:{port}")))
    .fixes(trace.rewrite(&endpoint.host, gateway, Class::Review))
    .fix(Fix::manual(
        "Compute it when a shell starts",
        "In the start file, in place of the fixed address; mirrored networking needs none of it.",
        Some(line),
    ))
}
