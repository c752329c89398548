//! Nothing answers at a proxy that a variable names.

use crate::checks::remedy::proxies::{ProxyTrace, bring_back, by_endpoint, contexts_of};
use crate::checks::{Check, remedy};
use crate::host::Endpoint;
use crate::model::{Class, Context, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::network::{Answering, ProxyAnswers, ProxySettings, ProxyValue};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "proxy-dead",
    layer: Layer::Network,
    title: "The proxies that variables name answer",
    impact: "Go cannot download modules here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["wsl-proxy-loopback", "wsl-proxy-gateway-stale"],
    page: page!("network/proxy-dead"),
    rule: rule!(judge(Contexts, ProxySettings, ProxyAnswers, Settings, RcFiles)),
};

fn judge(
    shells: &Contexts,
    proxies: &ProxySettings,
    answers: &ProxyAnswers,
    settings: &Settings,
    rc: &RcFiles,
) -> Outcome {
    let values = proxies.proxies();
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for (endpoint, values) in by_endpoint(&values) {
        match answers.at(endpoint) {
            Some(Answering::No(how)) => findings.push(finding(endpoint, &values, how, proxies, settings, rc)),
            Some(Answering::Unknown(missing)) => unknown = Some(missing.clone()),
            Some(Answering::Yes) | None => {}
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ if values.is_empty() && shells.unknown().next().is_none() => Outcome::skipped("no variable names a proxy"),
        _ => shells.outcome(findings),
    }
}

fn finding(
    endpoint: &Endpoint,
    values: &[&ProxyValue],
    how: &Evidence,
    proxies: &ProxySettings,
    settings: &Settings,
    rc: &RcFiles,
) -> Finding {
    let contexts = contexts_of(values);
    let hit = contexts_of_go(values, proxies, settings);
    let names: Vec<&str> = values.iter().map(|value| value.variable.name).collect();
    let verb = if names.len() == 1 { "names" } else { "name" };
    let severity = if hit.is_empty() { Severity::Warning } else { Severity::Error };
    let detail = if hit.is_empty() {
        format!(
            "{} Go itself gets its modules another way; git, curl and other tools do go through it.",
            who_is_missing(endpoint)
        )
    } else {
        format!(
            "In {} every download fails with {}. {}",
            remedy::contexts_title(&hit),
            how_go_says_it(endpoint),
            who_is_missing(endpoint)
        )
    };
    let trace = ProxyTrace::of(values.iter().copied(), settings, rc);
    Finding::new(
        endpoint.to_string(),
        severity,
        format!("Nothing answers at the proxy {endpoint} that {} {verb}", remedy::listed(&names)),
    )
    .seen_in(contexts)
    .about(names.first().copied().unwrap_or_default())
    .detail(detail)
    .evidences(trace.evidence.clone())
    .evidence(how.clone().expected("a program that takes connections"))
    .fixes(trace.take_back("nothing answers at this proxy", Class::Review))
    .fix(bring_back(endpoint))
}

/// The contexts in which Go gets its modules through one of these values.
fn contexts_of_go(values: &[&ProxyValue], proxies: &ProxySettings, settings: &Settings) -> Vec<Context> {
    proxies
        .views()
        .filter(|(context, view)| {
            let goproxy = settings.view(*context).map(|view| view.value("GOPROXY")).unwrap_or_default();
            view.for_modules(&goproxy).is_some_and(|variable| {
                let names = |value: &&ProxyValue| value.variable == variable && value.obeyed.contains(context);
                values.iter().any(names)
            })
        })
        .map(|(context, _)| context)
        .collect()
}

fn how_go_says_it(endpoint: &Endpoint) -> String {
    if endpoint.is_loopback() {
        format!("proxyconnect tcp: dial tcp {endpoint}: connect: connection refused")
    } else {
        "an error that begins with: proxyconnect tcp".to_owned()
    }
}

fn who_is_missing(endpoint: &Endpoint) -> &'static str {
    if endpoint.is_loopback() {
        "The program that is to listen there, often a VPN client, does not run."
    } else {
        "The proxy is switched off, has moved, or can be reached from another network only."
    }
}
