//! GOINSECURE matches public hosts, or a module proxy that it does not hold
//! for.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{Setting, Settings, View};
use crate::probes::modules::{GitUrl, GoProxy, ModulePatterns, public_match};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goinsecure-broad",
    layer: Layer::Modules,
    title: "GOINSECURE names private hosts only",
    impact: "Modules are taken over unchecked connections",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/goinsecure-broad"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

const NAME: &str = "GOINSECURE";

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let values = settings.values(NAME).into_iter();
    shells.outcome(values.filter_map(|(setting, contexts)| finding(settings, rc, &setting, contexts)).collect())
}

fn finding(settings: &Settings, rc: &RcFiles, setting: &Setting, contexts: Vec<Context>) -> Option<Finding> {
    let view = settings.view(*contexts.first()?)?;
    let list = ModulePatterns::parse(&setting.value);
    let broad = list.patterns.iter().find_map(|pattern| Some((pattern, public_match(pattern)?)));
    let (key, summary, detail) = match (broad, proxy(&list, view)) {
        (Some((pattern, module)), _) => (
            pattern.clone(),
            format!("GOINSECURE={pattern} also matches public modules, such as {module}"),
            "Where Go fetches such a module from its own host, it takes any certificate, and plain http too: whoever is on the way can change what you build. It does not switch off the checks of a module proxy, nor the checksum database.".to_owned(),
        ),
        (None, Some((pattern, host))) => (
            pattern.clone(),
            format!("GOINSECURE={pattern} does not hold for the module proxy {host}"),
            "GOINSECURE is compared with paths of modules, not with proxies: the certificate of the proxy is checked all the same, and x509 errors stay.".to_owned(),
        ),
        (None, None) => return None,
    };
    let (evidence, writer) = settings.trace(NAME, setting, &contexts, rc);
    let unset = remedy::unset(NAME, setting, writer.as_ref(), "it took the checks off connections");
    Some(
        Finding::new(key, Severity::Warning, summary)
            .seen_in(contexts)
            .about(NAME)
            .detail(detail)
            .evidence(evidence.expected("hosts of your own only, or nothing"))
            .fix(remedy::reviewed(unset))
            .fix(Fix::manual(
                "Let this system trust the certificate instead",
                "A server with a certificate of a private authority needs that authority's certificate installed here; SSL_CERT_FILE names it for one command.",
                Some("SSL_CERT_FILE=/path/to/company-ca.pem go mod download".to_owned()),
            )),
    )
}

/// A pattern that was meant for a proxy, with that one's host.
fn proxy(list: &ModulePatterns, view: &View) -> Option<(String, String)> {
    let proxies = GoProxy::parse(&view.value("GOPROXY"));
    let hosts = proxies.entries.iter().filter_map(|entry| GitUrl::parse(&entry.text));
    hosts.into_iter().find_map(|url| {
        let exact = |pattern: &&String| pattern.trim_end_matches('/') == url.host_name();
        Some((list.patterns.iter().find(exact)?.clone(), url.host_name().to_owned()))
    })
}
