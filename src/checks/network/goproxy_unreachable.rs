//! The first module proxy of GOPROXY does not answer.

use crate::checks::{Check, remedy};
use crate::host::{Answer, Stage};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, mask, text};
use crate::probes::go::{SettingOrigin, Settings};
use crate::probes::network::{Asked, Failure, FailureCause, ModuleProxy, NameServers, Next, Question};
use crate::probes::shell::{RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goproxy-unreachable",
    layer: Layer::Network,
    title: "The module proxy answers",
    impact: "Go cannot download modules here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[
        "goproxy-malformed",
        "dns-broken",
        "windows-firewall-blocks",
        "windows-proxy-loopback",
        "proxy-dead",
        "proxy-malformed",
        "captive-portal",
        "tls-unknown-ca",
        "tls-rejected",
        "clock-skew",
        "ca-bundle-missing",
    ],
    page: page!("network/goproxy-unreachable"),
    rule: rule!(judge(ModuleProxy, NameServers, Settings, RcFiles)),
};

fn judge(proxy: &ModuleProxy, names: &NameServers, settings: &Settings, rc: &RcFiles) -> Outcome {
    let question = match &proxy.asked {
        Asked::Nobody(why) => return Outcome::skipped(*why),
        Asked::Proxy(question) => question,
    };
    match &question.result {
        Ok(answer) => match refusal(answer, question) {
            Some(failure) => finding(proxy, question, &failure, settings, rc).into(),
            None => Outcome::Passed,
        },
        Err(failure) => match Failure::of(failure) {
            // Go waits longer than we do, and gets there.
            Ok(Failure { stage: Stage::Dns, .. }) if names.find_late() => Outcome::skipped(super::NAMES_ARE_LATE),
            Ok(failure) => finding(proxy, question, &failure, settings, rc).into(),
            Err(missing) => missing.into(),
        },
    }
}

/// An answer that is none: the proxy on the way asks for a password, or the
/// module proxy is broken. That it lacks or hides the module asked for does
/// not count.
fn refusal(answer: &Answer, question: &Question) -> Option<Failure> {
    Failure::page(answer).or_else(|| match answer.status {
        407 if question.via.is_some() => Some(Failure::proxy_wants_a_user()),
        status @ 500.. => Some(Failure::status(status)),
        _ => None,
    })
}

fn finding(proxy: &ModuleProxy, question: &Question, failure: &Failure, settings: &Settings, rc: &RcFiles) -> Finding {
    let said = &failure.said;
    let (severity, then) = match question.next {
        Next::GoesOn => (
            Severity::Warning,
            format!("Every download waits for it first: {said}. Go then turns to the next entry of GOPROXY."),
        ),
        Next::Stops | Next::StopsBeforeAnother => (
            Severity::Error,
            format!(
                "Downloads of modules and toolchains fail: {said}. Go stops there: it turns to the next entry only when a module is not found. What is in the cache still builds."
            ),
        ),
    };
    let (origin, writer) = settings.trace("GOPROXY", &proxy.setting, &[proxy.context], rc);
    let way = question
        .via
        .as_ref()
        .map_or_else(String::new, |(variable, proxy)| format!(" through {proxy}, which {} names", variable.name));
    Finding::new(&question.host, severity, summary(question, failure))
        .seen_in([proxy.context])
        .about("GOPROXY")
        .detail(then)
        .evidence(origin)
        .evidence(Evidence::new(format!("GET {}{way}", question.url), format!("{}: {said}", failure.stage.title())))
        .explained_by(explained_by(question, failure))
        .fixes(fixes(proxy, question, failure, writer.as_ref(), settings))
}

fn summary(question: &Question, failure: &Failure) -> String {
    let host = &question.host;
    match (failure.stage, &question.via) {
        (Stage::Dns | Stage::Tcp, Some((_, proxy))) => {
            format!("Go asks {host} for modules through {}, which cannot be reached", proxy.endpoint)
        }
        (Stage::Dns, None) => format!("The module proxy {host} is not found: the name lookup fails"),
        (Stage::Tcp, None) => format!("The module proxy {host} cannot be reached"),
        (Stage::Proxy, _) => format!("The HTTP proxy on the way to {host} does not let Go through"),
        (Stage::Tls, _) => format!("The TLS handshake with the module proxy {host} fails"),
        (Stage::Http, _) => match failure.cause {
            FailureCause::Page => format!("A web page answers where the module proxy {host} should"),
            FailureCause::Status(status) => format!("The module proxy {host} answers with status {status}"),
            _ => format!("The module proxy {host} takes the question and does not answer"),
        },
    }
}

/// What can explain it: where Go asks by itself, the name that stands in
/// GOPROXY too.
fn explained_by(question: &Question, failure: &Failure) -> &'static [&'static str] {
    match (failure.stage, &question.via) {
        (Stage::Dns, None) => &["goproxy-malformed", "dns-broken", "proxy-malformed"],
        (_, via) => remedy::obstacle::explained_by(via.as_ref(), failure),
    }
}

fn fixes(
    proxy: &ModuleProxy,
    question: &Question,
    failure: &Failure,
    writer: Option<&Writer>,
    settings: &Settings,
) -> Vec<Fix> {
    match (failure.stage, &question.via) {
        // The proxy's own finding says what to do.
        (Stage::Dns | Stage::Tcp, Some(_)) => return Vec::new(),
        (Stage::Proxy, _) if question.proxy_speaks_plainly() => return Vec::new(),
        (Stage::Proxy, _) => return vec![ask_about_the_proxy(&failure.said)],
        // The page's own finding says what to do.
        (Stage::Http, _) if failure.cause == FailureCause::Page => return Vec::new(),
        _ => {}
    }
    let mut fixes = Vec::new();
    if question.next == Next::StopsBeforeAnother {
        let value = proxy.setting.value.replacen(',', "|", 1);
        fixes.extend(set(proxy, &value, writer, settings, "Let Go try the next module proxy after every error"));
    }
    let by_default = matches!(proxy.setting.origin, SettingOrigin::Default | SettingOrigin::Goroot { .. });
    if !by_default {
        let mut fix = remedy::unset("GOPROXY", &proxy.setting, writer, "its module proxy does not answer");
        fix.title = format!("Go back to Go's own module proxy: {}", text::lower_first(&fix.title));
        fix.class = fix.class.max(Class::Review);
        fixes.push(fix);
    }
    if by_default && question.via.is_none() && matches!(failure.stage, Stage::Tcp | Stage::Http) {
        fixes.extend(set(proxy, "direct", writer, settings, "Fetch modules from their own hosts, with git"));
    }
    fixes.push(another(failure, question));
    fixes
}

fn ask_about_the_proxy(said: &str) -> Fix {
    let text = format!("It answered: {said}. Status 407 asks for a user and password, 403 forbids the host.");
    Fix::manual("Ask who runs the HTTP proxy", text, None)
}

/// Gives GOPROXY another value where it was set.
fn set(proxy: &ModuleProxy, value: &str, writer: Option<&Writer>, settings: &Settings, title: &str) -> Option<Fix> {
    let view = settings.view(proxy.context)?;
    let mut fix = match proxy.setting.origin {
        SettingOrigin::Default => remedy::set_go("", "GOPROXY", value, view)?,
        _ => remedy::rewrite("GOPROXY", &proxy.setting, writer, value, view)
            .unwrap_or_else(|| remedy::set_by_hand("GOPROXY", &proxy.setting, value, settings.machine())),
    };
    fix.title = format!("{title} (GOPROXY={})", mask(value));
    Some(remedy::reviewed(fix))
}

fn another(failure: &Failure, question: &Question) -> Fix {
    match failure.stage {
        Stage::Tls if failure.is_about_time() => Fix::manual(
            "Look at the clock first",
            "When it is right, the server's certificate has run out: tell who runs the server.",
            Some("date -u".to_owned()),
        ),
        Stage::Dns => Fix::manual(
            "See whether this machine has a network",
            "When other names are found, ask for a module proxy that your network allows, and name it in GOPROXY.",
            Some(format!("getent hosts {}", question.host)),
        ),
        Stage::Tls => Fix::manual(
            "Ask for the certificate authority of your network",
            "A network that looks into TLS has a certificate of its own, which belongs into this system's store. Never \
             answer it with GOINSECURE or GOSUMDB=off.",
            Some(format!("curl -sSv -o /dev/null https://{}/", question.host)),
        ),
        Stage::Tcp | Stage::Proxy | Stage::Http => Fix::manual(
            "Name a module proxy that your network allows",
            "Ask your team which one to use. Entries are tried in order; what stands behind \"|\" also after errors.",
            Some("go env -w GOPROXY='https://goproxy.example.com|direct'".to_owned()),
        ),
    }
}
