//! Windows goes through a proxy on its loopback address, and WSL has none.

use crate::checks::{Check, remedy};
use crate::host::{Endpoint, NetFailure};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::network::{ModuleProxy, ProxySettings};
use crate::probes::windows::HostAnswer;
use crate::probes::wsl::{Mode, NetworkMode};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "windows-proxy-loopback",
    layer: Layer::Windows,
    title: "The proxy of Windows reaches WSL too",
    impact: "Go cannot download modules here",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("windows/windows-proxy-loopback"),
    rule: rule!(judge(HostAnswer, NetworkMode, ProxySettings, ModuleProxy)),
};

fn judge(answer: &HostAnswer, network: &NetworkMode, proxies: &ProxySettings, asked: &ModuleProxy) -> Outcome {
    let facts = match answer.facts() {
        Ok(facts) => facts,
        Err(missing) => return missing.into(),
    };
    let Some(proxy) = facts.proxy.for_https() else { return Outcome::skipped("Windows uses no proxy") };
    if network.mode != Mode::Nat || !proxy.is_loopback() || !proxies.proxies().is_empty() {
        return Outcome::Passed;
    }
    // Without the proxy all may be well from here.
    match asked.question().map(|question| &question.result) {
        Some(Err(NetFailure::At { stage, detail, .. })) => {
            let evidence =
                Evidence::new("the module proxy, asked without a proxy", format!("{}: {detail}", stage.title()));
            finding(&proxy, network, evidence).into()
        }
        Some(Err(NetFailure::Missing(missing))) => missing.clone().into(),
        _ => Outcome::Passed,
    }
}

fn finding(proxy: &Endpoint, network: &NetworkMode, evidence: Evidence) -> Finding {
    Finding::new(
        proxy.to_string(),
        Severity::Warning,
        format!("Windows goes through a proxy at {proxy}, which WSL cannot reach"),
    )
    .detail("In NAT mode WSL drops a proxy on the loopback address of Windows, with one line when it starts. What Windows reaches through it is not reached from here.")
    .evidence(Evidence::new("Internet Settings of Windows", format!("ProxyServer {proxy}")))
    .evidence(network.evidence.clone())
    .evidence(evidence)
    .fix(
        Fix::manual(
            "Switch WSL to mirrored networking",
            format!(
                "In .wslconfig in your folder on Windows: networkingMode=mirrored below [wsl2]. It needs Windows 11 \
                 22H2. {} WSL then takes over the proxy by itself.",
                remedy::wsl::AFTERWARDS
            ),
            Some("notepad.exe %UserProfile%\\.wslconfig".to_owned()),
        )
        .awaits(remedy::wsl::WSL_SHUTDOWN),
    )
}
