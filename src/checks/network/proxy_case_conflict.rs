//! Two spellings of one proxy variable say different things.

use crate::checks::Check;
use crate::checks::remedy::proxies::ProxyTrace;
use crate::model::{Class, Context, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::go::Settings;
use crate::probes::network::{Answering, ProxyAnswers, ProxySettings, ProxyValue};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "proxy-case-conflict",
    layer: Layer::Network,
    title: "Both spellings of a proxy variable agree",
    impact: "Programs disagree on the proxy",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["proxy-dead", "proxy-malformed"],
    page: page!("network/proxy-case-conflict"),
    rule: rule!(judge(Contexts, ProxySettings, ProxyAnswers, Settings, RcFiles)),
};

/// Both spellings, and who obeys the small one.
const PAIRS: [(&str, &str, &str); 3] = [
    ("HTTPS_PROXY", "https_proxy", "curl, git and wget"),
    ("HTTP_PROXY", "http_proxy", "curl, git, wget and apt"),
    ("NO_PROXY", "no_proxy", "curl, git and wget"),
];

fn judge(
    shells: &Contexts,
    proxies: &ProxySettings,
    answers: &ProxyAnswers,
    settings: &Settings,
    rc: &RcFiles,
) -> Outcome {
    let values = proxies.values();
    let findings = PAIRS
        .iter()
        .flat_map(|pair| conflicts(*pair, &values).into_iter().map(move |conflict| (*pair, conflict)))
        .map(|((.., others), (upper, lower))| finding(upper, lower, others, answers, settings, rc))
        .collect();
    shells.outcome(findings)
}

/// The values of a pair that meet in a context and do not mean the same.
fn conflicts<'a>(
    (upper, lower, _): (&str, &str, &str),
    values: &'a [ProxyValue],
) -> Vec<(&'a ProxyValue, &'a ProxyValue)> {
    let named = |name: &str| values.iter().filter(move |value| value.variable.name == name).collect::<Vec<_>>();
    let lowers = named(lower);
    named(upper)
        .into_iter()
        .flat_map(|upper| lowers.iter().map(move |lower| (upper, *lower)))
        .filter(|(upper, lower)| !together(upper, lower).is_empty() && !upper.means_the_same(lower))
        .collect()
}

fn together(upper: &ProxyValue, lower: &ProxyValue) -> Vec<Context> {
    upper.contexts.iter().filter(|context| lower.contexts.contains(context)).copied().collect()
}

fn finding(
    upper: &ProxyValue,
    lower: &ProxyValue,
    others: &str,
    answers: &ProxyAnswers,
    settings: &Settings,
    rc: &RcFiles,
) -> Finding {
    let (big, small) = (upper.variable.name, lower.variable.name);
    let (go, rest) = (mask(&upper.value), mask(&lower.value));
    let above = ProxyTrace::of([upper], settings, rc);
    let below = ProxyTrace::of([lower], settings, rc);
    let as_go = below.rewrite(&lower.value, &upper.value, Class::Review);
    let as_rest = above.rewrite(&upper.value, &lower.value, Class::Review);
    let go_first = !is_dead(upper, answers) || is_dead(lower, answers);
    let by_hand = (as_go.is_none() && as_rest.is_none()).then(|| by_hand(upper, lower));
    let (first, second) = if go_first { (as_go, as_rest) } else { (as_rest, as_go) };
    let contexts = together(upper, lower);
    Finding::new(big, Severity::Warning, format!("{big} and {small} differ: Go obeys one, git and curl the other"))
        .seen_in(contexts)
        .about(big)
        .detail(format!(
            "Go tries the capitals first and takes {go}; {others} take {rest}. A download can work in one program and \
             fail in the next."
        ))
        .evidences(above.evidence)
        .evidences(below.evidence)
        .fixes(first)
        .fixes(second)
        .fixes(by_hand)
}

fn is_dead(value: &ProxyValue, answers: &ProxyAnswers) -> bool {
    let answer = value.reading.proxy().and_then(|proxy| answers.at(&proxy.endpoint));
    matches!(answer, Some(Answering::No(_)))
}

fn by_hand(upper: &ProxyValue, lower: &ProxyValue) -> Fix {
    let (big, small) = (upper.variable.name, lower.variable.name);
    Fix::manual(
        "Make both the same",
        format!("Give {small} the value of {big}, or the other way round, where they are set."),
        Some(format!("export {small}=\"${big}\"")),
    )
}
