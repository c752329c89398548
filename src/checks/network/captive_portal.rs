//! A web page answers where a module proxy should.

use crate::checks::Check;
use crate::host::{Answer, NetFailure};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::network::{Asked, ChecksumDatabase, ModuleProxy, web_page};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "captive-portal",
    layer: Layer::Network,
    title: "No web page stands between Go and its servers",
    impact: "Downloads end in strange errors",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("network/captive-portal"),
    rule: rule!(judge(ModuleProxy, ChecksumDatabase)),
};

fn judge(proxy: &ModuleProxy, database: &ChecksumDatabase) -> Outcome {
    let mut asked: Vec<(&str, &str, &Result<Answer, NetFailure>)> = Vec::new();
    asked.extend(proxy.question().map(|question| (question.host.as_str(), question.url.as_str(), &question.result)));
    asked.extend(database.itself().map(|question| (question.host.as_str(), question.url.as_str(), &question.result)));
    let pages = asked.iter().filter_map(|(host, url, result)| {
        let answer = result.as_ref().ok()?;
        Some(finding(host, url, answer, &web_page(answer)?))
    });
    let findings: Vec<Finding> = pages.collect();
    if !findings.is_empty() {
        return Outcome::of(findings);
    }
    let answered = asked.iter().any(|(.., result)| result.is_ok());
    match (&proxy.asked, asked.iter().find_map(|(.., result)| result.as_ref().err())) {
        _ if answered => Outcome::Passed,
        (Asked::Nobody(why), None) => Outcome::skipped(*why),
        (_, Some(NetFailure::Missing(missing))) => missing.clone().into(),
        (_, _) => Outcome::skipped("nothing answered at all"),
    }
}

fn finding(host: &str, url: &str, answer: &Answer, page: &str) -> Finding {
    let elsewhere = answer.redirected.as_deref();
    let why = match elsewhere {
        Some(_) => "The question was led away to a page for people: a network that wants a sign-in does that.",
        None => {
            "Either the network puts a page of its own in between, for a sign-in or a warning, or GOPROXY names a web \
             site in place of a module proxy."
        }
    };
    let mut finding = Finding::new(host, Severity::Warning, format!("A web page answers where {host} should"))
        .detail(format!(
            "Go takes the page for data and fails with errors like: invalid character '<' looking for beginning of \
             value; parsing go.mod: missing module line. {why}"
        ))
        .evidence(Evidence::new(format!("GET {url}"), page).expected("JSON or plain text"));
    if let Some(page) = elsewhere {
        finding = finding.evidence(Evidence::new("redirected to", mask(page)));
    }
    let page = elsewhere.unwrap_or("http://example.com/");
    finding
        .fix(Fix::manual(
            "Sign in to the network",
            "Open a page in a browser: the network shows its sign-in. Then try again.",
            Some(format!("xdg-open '{}'", mask(page).replace('\'', "%27"))),
        ))
        .fix(Fix::manual(
            "Look at what answers",
            format!(
                "When it is no sign-in, the URL in GOPROXY is wrong or a filter blocks {host}: its page says which."
            ),
            Some(format!("curl -sSL '{url}'")),
        ))
}
