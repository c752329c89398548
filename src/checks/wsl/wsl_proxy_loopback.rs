//! A proxy is named by the loopback address, which in NAT mode is not that of Windows.

use crate::checks::remedy::proxies::{ProxyTrace, by_endpoint, contexts_of};
use crate::checks::{Check, remedy};
use crate::host::Endpoint;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::network::{Answering, ProxyAnswers, ProxySettings, ProxyValue};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::wsl::{GatewayProxies, Mode, NetworkMode};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-proxy-loopback",
    layer: Layer::Wsl,
    title: "Proxies are where WSL can reach them",
    impact: "Go cannot download modules here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("wsl/wsl-proxy-loopback"),
    rule: rule!(judge(Contexts, ProxySettings, ProxyAnswers, NetworkMode, GatewayProxies, Settings, RcFiles)),
};

fn judge(
    shells: &Contexts,
    proxies: &ProxySettings,
    answers: &ProxyAnswers,
    network: &NetworkMode,
    gateway: &GatewayProxies,
    settings: &Settings,
    rc: &RcFiles,
) -> Outcome {
    if network.mode != Mode::Nat {
        return Outcome::skipped("in this network mode the loopback address is that of Windows, or there is none");
    }
    let values = proxies.proxies();
    let mut findings: Vec<Finding> = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for (endpoint, values) in by_endpoint(&values).into_iter().filter(|(endpoint, _)| endpoint.is_loopback()) {
        match answers.at(endpoint) {
            // A program of the distribution's own may well listen there.
            Some(Answering::Yes) | None => {}
            Some(Answering::Unknown(missing)) => unknown = Some(missing),
            Some(Answering::No(how)) => {
                findings.push(finding(endpoint, &values, how, (network, gateway), (settings, rc)))
            }
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

fn finding(
    endpoint: &Endpoint,
    values: &[&ProxyValue],
    how: &Evidence,
    (network, at_gateway): (&NetworkMode, &GatewayProxies),
    (settings, rc): (&Settings, &RcFiles),
) -> Finding {
    let names: Vec<&str> = values.iter().map(|value| value.variable.name).collect();
    let trace = ProxyTrace::of(values.iter().copied(), settings, rc);
    let proof = at_gateway.proof(endpoint.port);
    let finding = Finding::new(
        endpoint.to_string(),
        Severity::Error,
        format!("{endpoint} is no proxy here: in NAT mode it is not the loopback of Windows"),
    )
    .seen_in(contexts_of(values))
    .about(names.first().copied().unwrap_or_default())
    .detail(
        "The proxy program runs on Windows and listens there. From here Windows is another machine, so that every \
         download fails: proxyconnect tcp: dial tcp …: connect: connection refused.",
    )
    .evidences(trace.evidence.clone())
    .evidence(how.clone())
    .evidence(network.evidence.clone())
    .evidences(proof.clone());
    // What is seen to work goes first, then the cure that lasts.
    let wrong = format!("{}:{}", endpoint.host, endpoint.port);
    let right = network.gateway.map(|gateway| format!("{gateway}:{}", endpoint.port));
    let rewrite = right.as_ref().and_then(|right| trace.rewrite_part(&wrong, right, Class::Review));
    let (first, last) = if proof.is_some() { (rewrite, None) } else { (None, rewrite) };
    let open = right.filter(|_| proof.is_none()).map(|right| by_gateway(&right));
    finding
        .fixes(first)
        .fix(mirrored())
        .fixes(open)
        .fixes(last)
        .fixes(trace.take_back("in NAT mode this is not the proxy on Windows", Class::Review))
}

/// The cure that lasts.
fn mirrored() -> Fix {
    let text = format!(
        "In .wslconfig in your folder on Windows: networkingMode=mirrored below [wsl2]. It needs Windows 11 22H2. {} \
         127.0.0.1 is then that of Windows, and WSL takes over its proxy by itself.",
        remedy::wsl::AFTERWARDS
    );
    Fix::manual("Switch WSL to mirrored networking", text, Some("notepad.exe %UserProfile%\\.wslconfig".to_owned()))
        .awaits(remedy::wsl::WSL_SHUTDOWN)
}

fn by_gateway(right: &str) -> Fix {
    let text = format!(
        "Switch on \"Allow LAN\" in the proxy program and let it through the firewall of Windows for the adapter \
         vEthernet (WSL). It is then open to your network too. The address {right} changes at each start of WSL."
    );
    Fix::manual("Open the proxy to WSL", text, Some(format!("curl -x http://{right} -I https://proxy.golang.org")))
}
