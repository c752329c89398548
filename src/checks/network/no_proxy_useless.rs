//! NO_PROXY has entries that Go does not understand, or lacks a host that is
//! reached without the proxy only.

use crate::checks::remedy::proxies::ProxyTrace;
use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::network::{
    HostReach, NoProxy, PrivateHost, PrivateHosts, ProxySettings, ProxyValue, Targets, Useless, useless_entries,
};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "no-proxy-useless",
    layer: Layer::Network,
    title: "NO_PROXY leaves out what it has to",
    impact: "Go goes through the proxy to hosts that were to be left out",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("network/no-proxy-useless"),
    rule: rule!(judge(Contexts, ProxySettings, PrivateHosts, Settings, RcFiles)),
};

fn judge(
    shells: &Contexts,
    proxies: &ProxySettings,
    hosts: &PrivateHosts,
    settings: &Settings,
    rc: &RcFiles,
) -> Outcome {
    let values = left_out(proxies);
    let useless = values.iter().filter_map(|value| {
        let useless = useless_entries(&value.value);
        (!useless.is_empty()).then(|| finding(value, &useless, settings, rc))
    });
    let mut findings: Vec<Finding> = useless.collect();
    let mut unknown = hosts.unknown.as_ref();
    for host in &hosts.found {
        match &host.reach {
            HostReach::OnlyWithout { said } => findings.extend(not_left_out(host, said, proxies, settings, rc)),
            HostReach::Unknown(missing) => unknown = Some(missing),
            HostReach::ThroughProxy | HostReach::Neither => {}
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        None if findings.is_empty()
            && values.is_empty()
            && hosts.found.is_empty()
            && shells.unknown().next().is_none() =>
        {
            Outcome::skipped("no proxy is set, or no host is left out")
        }
        _ => shells.outcome(findings),
    }
}

/// The lists that Go obeys where it has a proxy: without one, nothing is to
/// be left out.
fn left_out(proxies: &ProxySettings) -> Vec<ProxyValue> {
    let has_proxy = |context: &Context| {
        proxies.view(*context).is_some_and(|view| view.proxies().any(|(variable, _)| variable.targets != Targets::All))
    };
    let mut values = proxies.values();
    values.retain(|value| value.variable.targets == Targets::None && value.obeyed.iter().any(has_proxy));
    values
}

fn finding(value: &ProxyValue, useless: &[Useless], settings: &Settings, rc: &RcFiles) -> Finding {
    let name = value.variable.name;
    let entries: Vec<&str> = useless.iter().map(|useless| useless.entry.as_str()).collect();
    let trace = ProxyTrace::of([value], settings, rc);
    // Whether a host that Go asks is meant cannot always be told; one that
    // Go could be told about is.
    let severity =
        if useless.iter().any(|useless| useless.instead.is_some()) { Severity::Warning } else { Severity::Info };
    let verb = if entries.len() == 1 { "means" } else { "mean" };
    Finding::new(name, severity, format!("{} in {name} {verb} nothing to Go", remedy::listed(&entries)))
        .seen_in(value.obeyed.iter().copied())
        .about(name)
        .detail(
            "Go understands names, .names, *.names, addresses and networks such as 10.0.0.0/8, with commas between. \
             Hosts that the other entries were to leave out go through the proxy, which often does not know them. \
             This machine itself never needs an entry.",
        )
        .evidences(trace.evidence.clone())
        .fixes(respell(value, useless, &trace))
        .fix(by_hand(name, useless))
}

/// Writes what Go understands where the entries stand, when it can be said for
/// all of them: the finding is then gone.
fn respell(value: &ProxyValue, useless: &[Useless], trace: &ProxyTrace) -> Option<Fix> {
    let right = value.value.split(',').map(|entry| {
        let found = useless.iter().find(|useless| useless.entry == entry.trim());
        found.map_or(Some(entry), |useless| useless.instead.as_deref())
    });
    let right: Option<Vec<&str>> = right.collect();
    trace.rewrite(&value.value, &right?.join(","), Class::Safe)
}

fn by_hand(name: &str, useless: &[Useless]) -> Fix {
    let instead: Vec<&str> = useless.iter().filter_map(|useless| useless.instead.as_deref()).collect();
    let text = if instead.is_empty() {
        format!("Name the hosts or networks that are meant, and add them to {name} where it is set.")
    } else {
        format!("Write {} where {name} is set.", remedy::listed(&instead))
    };
    let value = if instead.is_empty() { "10.0.0.0/8,.corp.example".to_owned() } else { instead.join(",") };
    Fix::manual(format!("Add to {name} what Go understands"), text, Some(format!("export {name}=\"${name},{value}\"")))
}

/// A private host that the proxy refuses to lead to, and that answers without
/// it. None where an entry means it, in words that Go does not understand.
fn not_left_out(
    host: &PrivateHost,
    said: &str,
    proxies: &ProxySettings,
    settings: &Settings,
    rc: &RcFiles,
) -> Option<Finding> {
    let PrivateHost { endpoint, module, pattern: (pattern, setting), via: (variable, proxy), contexts, .. } = host;
    let name = &endpoint.host;
    let lists: Vec<ProxyValue> = left_out(proxies)
        .into_iter()
        .filter(|list| list.obeyed.iter().any(|context| contexts.contains(context)))
        .collect();
    if lists.iter().any(|list| means(&list.value, name, endpoint.port)) {
        return None;
    }
    let of_proxy = proxies.values().into_iter().filter(|value| value.variable == *variable);
    let origin = ProxyTrace::of(of_proxy.collect::<Vec<_>>().iter().chain(&lists), settings, rc);
    let reason = said.split_once(' ').map_or(said, |(_, reason)| reason);
    Some(
        Finding::new(
            format!("host:{name}"),
            Severity::Error,
            format!("Go asks {name} through {}, which does not lead there", proxy.endpoint),
        )
        .seen_in(contexts.iter().copied())
        .about("NO_PROXY")
        .detail(format!(
            "{setting}={pattern} has Go fetch {module} from its own host. It ends with: go: unrecognized import path \
             \"{module}\": https fetch: Get \"https://{module}?go-get=1\": {reason}. Without the proxy the host answers."
        ))
        .evidences(origin.evidence)
        .evidence(Evidence::new(format!("CONNECT {endpoint} through {proxy}"), said))
        .evidence(Evidence::new(format!("connection to {endpoint} without it"), "it stands at once"))
        .fixes(lists.iter().filter_map(|list| {
            let trace = ProxyTrace::of([list], settings, rc);
            trace.rewrite(&list.value, &format!("{},{name}", list.value), Class::Safe)
        }))
        .fix(Fix::manual(
            format!("Leave {name} out"),
            format!("Add it to NO_PROXY where {} is set.", variable.name),
            Some(format!("export NO_PROXY=\"${{NO_PROXY:+$NO_PROXY,}}{name}\"")),
        )),
    )
}

/// True when an entry is to leave the host out, and would in other words: that
/// entry has a finding of its own.
fn means(list: &str, host: &str, port: u16) -> bool {
    let meant: Vec<String> = useless_entries(list).into_iter().filter_map(|useless| useless.instead).collect();
    NoProxy::parse(&meant.join(",")).exempts(host, port)
}
