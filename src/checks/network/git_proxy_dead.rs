//! Nothing answers at a proxy that git's own configuration names.

use crate::checks::{Check, remedy};
use crate::model::{Class, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::network::{Answering, GitProxies, GitProxy, ProxySettings};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "git-proxy-dead",
    layer: Layer::Network,
    title: "The proxies of git's configuration answer",
    impact: "git cannot fetch, and neither can Go where it needs git",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["proxy-dead"],
    page: page!("network/git-proxy-dead"),
    rule: rule!(judge(GitProxies, ProxySettings)),
};

fn judge(proxies: &GitProxies, variables: &ProxySettings) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = proxies.problem.as_ref();
    for proxy in &proxies.found {
        match &proxy.answering {
            Answering::Yes => {}
            Answering::No(how) => {
                let finding = finding(proxy).explained_by(explained_by(proxy, variables));
                findings.push(finding.evidence(how.clone()));
            }
            Answering::Unknown(missing) => unknown = Some(missing),
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        None if proxies.found.is_empty() => Outcome::skipped("git's configuration names no proxy"),
        _ => Outcome::of(findings),
    }
}

/// The variables name the same proxy: what is missing there is one program.
fn explained_by(proxy: &GitProxy, variables: &ProxySettings) -> &'static [&'static str] {
    if variables.name_one_at(&proxy.endpoint) { CHECK.causes } else { &[] }
}

fn finding(proxy: &GitProxy) -> Finding {
    let GitProxy { entry, endpoint, contexts, .. } = proxy;
    let whom = entry
        .subsection
        .as_ref()
        .map_or_else(|| "every https host".to_owned(), |url| crate::model::mask(url).into_owned());
    Finding::new(
        crate::model::mask(&entry.key()),
        Severity::Error,
        format!("Nothing answers at git's own proxy {endpoint}"),
    )
    .seen_in(contexts.iter().copied())
    .detail(format!(
        "git goes through it to {whom}, whatever the proxy variables say. Fetching ends with: fatal: unable to \
             access: Failed to connect to {} port {}. Go uses git for private modules and with GOPROXY=direct.",
        endpoint.host, endpoint.port
    ))
    .evidence(entry.evidence())
    .fixes(fixes(proxy))
}

fn fixes(proxy: &GitProxy) -> Vec<Fix> {
    let by_hand = || {
        let text = "Take the setting away where it stands.";
        Fix::manual(
            "Take git's proxy away",
            text,
            Some("git config --show-origin --get-regexp '^http\\..*proxy$'".to_owned()),
        )
    };
    let line = proxy.entry.line();
    let take_away = line.and_then(|line| {
        let title = format!("Comment out {}:{}", line.file, line.line);
        remedy::comment_out_git_line(title, line, "nothing answers at this proxy")
    });
    let text = format!("When you need the proxy, start the program that is to answer at {}.", proxy.endpoint);
    vec![take_away.unwrap_or_else(by_hand), Fix::manual("Bring the proxy back", text, None)]
}
