//! NO_PROXY has entries that Go does not understand.

use crate::checks::remedy::proxies::ProxyTrace;
use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::network::{ProxySettings, ProxyValue, Targets, Useless, useless_entries};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "no-proxy-useless",
    layer: Layer::Network,
    title: "Go understands the entries of NO_PROXY",
    impact: "Go goes through the proxy to hosts that were to be left out",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("network/no-proxy-useless"),
    rule: rule!(judge(Contexts, ProxySettings, Settings, RcFiles)),
};

fn judge(shells: &Contexts, proxies: &ProxySettings, settings: &Settings, rc: &RcFiles) -> Outcome {
    // Without a proxy nothing is to be left out.
    let has_proxy = |context: &Context| {
        proxies.view(*context).is_some_and(|view| view.proxies().any(|(variable, _)| variable.targets != Targets::All))
    };
    let values: Vec<ProxyValue> = proxies
        .values()
        .into_iter()
        .filter(|value| value.variable.targets == Targets::None && value.obeyed.iter().any(has_proxy))
        .collect();
    let findings = values.iter().filter_map(|value| {
        let useless = useless_entries(&value.value);
        (!useless.is_empty()).then(|| finding(value, &useless, settings, rc))
    });
    let findings: Vec<Finding> = findings.collect();
    if values.is_empty() && shells.unknown().next().is_none() {
        return Outcome::skipped("no proxy is set, or no host is left out");
    }
    shells.outcome(findings)
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
