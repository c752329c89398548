//! A proxy variable is written so that Go cannot use it.

use crate::checks::remedy::proxies::ProxyTrace;
use crate::checks::{Check, remedy};
use crate::host::NetFailure;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::go::Settings;
use crate::probes::network::{
    Asked, FaultKind, ModuleProxy, ProxyFault, ProxySettings, ProxyValue, Question, Reading, Targets,
};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "proxy-malformed",
    layer: Layer::Network,
    title: "Proxy variables are written as Go reads them",
    impact: "Go cannot download modules here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("network/proxy-malformed"),
    rule: rule!(judge(Contexts, ProxySettings, ModuleProxy, Settings, RcFiles)),
};

fn judge(
    shells: &Contexts,
    proxies: &ProxySettings,
    module_proxy: &ModuleProxy,
    settings: &Settings,
    rc: &RcFiles,
) -> Outcome {
    let values = proxies.proxies();
    let mut findings: Vec<Finding> =
        by_text(&values).into_iter().map(|(fault, values)| badly_written(fault, &values, settings, rc)).collect();
    let through_tls = match &module_proxy.asked {
        Asked::Proxy(question) => Some(question).filter(|question| goes_through_tls(question)),
        Asked::Nobody(_) => None,
    };
    if let Some(question) = through_tls.filter(|question| question.proxy_speaks_plainly()) {
        findings.extend(plain_behind_https(question, &values, settings, rc));
    }
    match through_tls.map(|question| &question.result) {
        Some(Err(NetFailure::Missing(missing))) if findings.is_empty() => missing.clone().into(),
        _ if values.is_empty() && shells.unknown().next().is_none() => Outcome::skipped("no variable names a proxy"),
        _ => shells.outcome(findings),
    }
}

fn goes_through_tls(question: &Question) -> bool {
    question.via.as_ref().is_some_and(|(_, proxy)| proxy.scheme == "https")
}

/// The badly written values, equal ones together.
fn by_text(values: &[ProxyValue]) -> Vec<(&ProxyFault, Vec<&ProxyValue>)> {
    let mut groups: Vec<(&ProxyFault, Vec<&ProxyValue>)> = Vec::new();
    for value in values {
        let Some(fault) = value.fault.as_ref().filter(|fault| concerns(fault, value)) else { continue };
        match groups.iter_mut().find(|(_, group)| group.iter().any(|known| known.value == value.value)) {
            Some((_, group)) => group.push(value),
            None => groups.push((fault, vec![value])),
        }
    }
    groups
}

/// ALL_PROXY is for curl, which knows more kinds of proxies than Go.
fn concerns(fault: &ProxyFault, value: &ProxyValue) -> bool {
    value.variable.targets != Targets::All || !matches!(fault.kind, FaultKind::Scheme(_))
}

fn badly_written(fault: &ProxyFault, values: &[&ProxyValue], settings: &Settings, rc: &RcFiles) -> Finding {
    let names: Vec<&str> = values.iter().map(|value| value.variable.name).collect();
    let first = names.first().copied().unwrap_or_default();
    let text = values.first().map(|value| value.value.as_str()).unwrap_or_default();
    let reading = values.first().map_or(&Reading::Ignored, |value| &value.reading);
    let obeyed = values.iter().any(|value| value.variable.targets == Targets::Https && !value.obeyed.is_empty());
    let severity = match reading {
        Reading::Ignored => Severity::Warning,
        _ if obeyed => Severity::Error,
        _ => Severity::Warning,
    };
    let trace = ProxyTrace::of(values.iter().copied(), settings, rc);
    let expected = fault.meant.as_deref().map_or("scheme://host:port, as in http://proxy.example:3128".into(), mask);
    let mut evidence = trace.evidence.clone();
    if let Some(first) = evidence.first_mut() {
        *first = first.clone().expected(expected);
    }
    if is_hidden(&fault.kind) {
        evidence.push(Evidence::new(format!("the value of {first}"), format!("{:?}", mask(text))));
    }
    let verb = match (&fault.kind, names.len()) {
        (FaultKind::Scheme(_) | FaultKind::Several | FaultKind::Brackets, 1) => "names",
        (FaultKind::Scheme(_) | FaultKind::Several | FaultKind::Brackets, _) => "name",
        (_, 1) => "has",
        _ => "have",
    };
    Finding::new(
        format!("{first}:{}", word(&fault.kind)),
        severity,
        format!("{} {verb} {}", remedy::listed(&names), what(&fault.kind, text)),
    )
    .seen_in(contexts(values))
    .about(first)
    .detail(effect(fault, reading))
    .evidences(evidence)
    .fixes(repairs(fault, text, &trace))
}

fn contexts(values: &[&ProxyValue]) -> Vec<Context> {
    Context::UNIX.into_iter().filter(|context| values.iter().any(|value| value.contexts.contains(context))).collect()
}

/// The kind in one word, for the key.
fn word(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::Control => "control",
        FaultKind::Blank => "blank",
        FaultKind::Quotes => "quotes",
        FaultKind::Word => "word",
        FaultKind::Slashes => "slashes",
        FaultKind::Scheme(_) => "scheme",
        FaultKind::Port(_) => "port",
        FaultKind::NoHost => "host-missing",
        FaultKind::Host => "host",
        FaultKind::Several => "several",
        FaultKind::Credentials => "credentials",
        FaultKind::Brackets => "brackets",
    }
}

/// What the variable has, as a noun phrase.
fn what(kind: &FaultKind, value: &str) -> String {
    match kind {
        FaultKind::Control => "an invisible control character in the value".into(),
        FaultKind::Blank => "a blank in the value".into(),
        FaultKind::Quotes => "quotes as part of the value".into(),
        FaultKind::Word => format!("the value {value:?}, which Go takes for a host name"),
        FaultKind::Slashes => "no \"://\" between scheme and host".into(),
        FaultKind::Scheme(scheme) => format!("a {scheme} proxy, a kind that Go does not speak"),
        FaultKind::Port(port) => format!("the port {port:?}, which is none"),
        FaultKind::NoHost => "no host in the value".into(),
        FaultKind::Host => "characters in the host that no host name has".into(),
        FaultKind::Several => "several proxies where Go takes one".into(),
        FaultKind::Credentials => "special characters in user or password that are not encoded".into(),
        FaultKind::Brackets => "an IPv6 address without brackets".into(),
    }
}

/// Faults that hide in plain text show in a quoted value.
fn is_hidden(kind: &FaultKind) -> bool {
    matches!(kind, FaultKind::Control | FaultKind::Blank | FaultKind::Quotes)
}

fn effect(fault: &ProxyFault, reading: &Reading) -> String {
    match (&fault.kind, reading) {
        (FaultKind::Scheme(_), _) => {
            "Go knows http, https, socks5 and socks5h. To any other it speaks HTTP, and a proxy of another kind \
             drops the connection: unexpected EOF."
                .into()
        }
        (_, Reading::Proxy(proxy)) => format!(
            "Go takes {:?} for the proxy's name, and every download fails with: proxyconnect tcp: dial tcp: lookup \
             {}: no such host.",
            proxy.endpoint.host, proxy.endpoint.host
        ),
        (_, Reading::BadPort(port)) => {
            format!("Every download fails with: proxyconnect tcp: dial tcp: address {port}: invalid port.")
        }
        (_, Reading::Ignored) => {
            "Go does not understand the value, says nothing, and goes without a proxy. Where only the proxy reaches \
             the outside, every download times out."
                .into()
        }
    }
}

fn repairs(fault: &ProxyFault, text: &str, trace: &ProxyTrace) -> Vec<Fix> {
    let rewrite = fault.meant.as_deref().and_then(|meant| trace.rewrite(text, meant, Class::Safe));
    // Who writes a word wants no proxy.
    let class = if fault.kind == FaultKind::Word { Class::Safe } else { Class::Review };
    let take_back = trace.take_back("Go cannot use this value as a proxy", class);
    let advice = advice(&fault.kind).filter(|_| rewrite.is_none());
    rewrite.into_iter().chain(take_back).chain(advice).collect()
}

/// How to write what gomedic cannot guess.
fn advice(kind: &FaultKind) -> Option<Fix> {
    let text = match kind {
        FaultKind::Credentials => {
            "Write special characters of user and password by their percent code: @ is %40, # is %23, / is %2F, \
             : is %3A, \\ is %5C, a blank is %20."
        }
        FaultKind::Brackets => "Put brackets around the address: http://[2001:db8::1]:3128.",
        FaultKind::Control => {
            "A carriage return at the end of the line is most likely: the file was written on Windows. Save it with \
             Unix line ends."
        }
        FaultKind::Scheme(_) => {
            "Ask for the address of the SOCKS 5 or HTTP side of this proxy: most programs have one."
        }
        _ => return None,
    };
    Some(Fix::manual("Write the value anew", text, None))
}

/// An `https://` proxy that turned out to speak plain HTTP.
fn plain_behind_https(
    question: &Question,
    values: &[ProxyValue],
    settings: &Settings,
    rc: &RcFiles,
) -> Option<Finding> {
    let (variable, proxy) = question.via.as_ref()?;
    let same: Vec<&ProxyValue> = values.iter().filter(|value| value.reading.proxy() == Some(proxy)).collect();
    let text = same.first()?.value.as_str();
    let right = text.replacen("https://", "http://", 1);
    let trace = ProxyTrace::of(same.iter().copied(), settings, rc);
    let names: Vec<&str> = same.iter().map(|value| value.variable.name).collect();
    let finding = Finding::new(
        format!("{}:plain", variable.name),
        Severity::Error,
        format!("{} says https, and the proxy {} speaks plain HTTP", remedy::listed(&names), proxy.endpoint),
    )
    .seen_in(contexts(&same))
    .about(variable.name)
    .detail(
        "The scheme says how to talk to the proxy, not what for: an http:// proxy carries https downloads as well. \
         Every download fails with: proxyconnect tcp: tls: first record does not look like a TLS handshake.",
    )
    .evidences(trace.evidence.iter().map(|evidence| evidence.clone().expected(mask(&right))))
    .evidence(Evidence::new(proxy.endpoint.to_string(), "answered in plain HTTP"))
    .fixes(trace.rewrite(text, &right, Class::Safe))
    .fixes(trace.take_back("the proxy speaks plain HTTP", Class::Review));
    Some(finding)
}
