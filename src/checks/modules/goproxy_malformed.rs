//! GOPROXY is no list that Go takes.

use crate::checks::{Check, remedy};
use crate::model::{Class, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::{Setting, SettingOrigin, Settings};
use crate::probes::modules::proxy_list::{self, ListFault};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goproxy-malformed",
    layer: Layer::Modules,
    title: "GOPROXY is a list that Go takes",
    impact: "Modules cannot be downloaded",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("modules/goproxy-malformed"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for (setting, contexts) in settings.values("GOPROXY") {
        let Some(fault) = proxy_list::first_fault(&setting.value) else { continue };
        let (severity, summary, detail) = told(&fault);
        let (evidence, writer) = settings.trace("GOPROXY", &setting, &contexts, rc);
        let expected = proxy_list::mended(&setting.value);
        let fix = mend(&setting, writer.as_ref(), expected.as_deref());
        let evidence = evidence.expected(match &expected {
            Some(list) => crate::model::mask(list).into_owned(),
            None => "addresses and the words direct and off, with commas between".to_owned(),
        });
        findings.push(
            Finding::new(crate::model::mask(&setting.value), severity, summary)
                .detail(detail)
                .seen_in(contexts)
                .about("GOPROXY")
                .evidence(evidence)
                .fix(fix),
        );
    }
    shells.outcome(findings)
}

fn told(fault: &ListFault) -> (Severity, String, String) {
    let stops = |text: String| format!("Every download fails with: {text}.");
    match fault {
        ListFault::Separator(separator) => (
            Severity::Error,
            format!("GOPROXY has {} where a comma is meant", if *separator == ';' { "a semicolon" } else { "a blank" }),
            "Go takes the whole as one address. Nothing answers at it, and nothing behind it is tried.".to_owned(),
        ),
        ListFault::Empty => (
            Severity::Error,
            "GOPROXY has no entries".to_owned(),
            stops("GOPROXY list is not the empty string, but contains no entries".to_owned()),
        ),
        ListFault::NoAddress(entry) => (
            Severity::Error,
            format!("GOPROXY has an entry that is no address: {}", crate::model::mask(entry)),
            stops(format!("invalid proxy URL missing scheme: {}", crate::model::mask(entry))),
        ),
        ListFault::Scheme(entry) => (
            Severity::Error,
            format!("GOPROXY has an address of a kind that Go does not take: {}", crate::model::mask(entry)),
            stops("invalid proxy URL scheme (must be https, http, file)".to_owned()),
        ),
        ListFault::Unused(entry) => (
            Severity::Warning,
            format!("GOPROXY never comes to {}", crate::model::mask(entry)),
            "Go stops at direct and at off: what stands behind them is never used.".to_owned(),
        ),
    }
}

/// The list with commas where that mends it; else none, which is Go's default.
fn mend(setting: &Setting, writer: Option<&Writer>, mended: Option<&str>) -> Fix {
    match (&setting.origin, mended, writer) {
        (SettingOrigin::File { path, name, .. }, Some(list), _) => {
            let step = Step::SetGo { file: path.clone(), name: "GOPROXY".to_owned(), value: list.to_owned() };
            Fix::new(format!("Put commas into GOPROXY in {name}"), Class::Safe, vec![step])
        }
        (SettingOrigin::Environment, Some(list), Some(writer)) if writer.text.contains(&setting.value) => {
            let with = writer.text.replacen(&setting.value, list, 1);
            remedy::replace_line(format!("Put commas into GOPROXY in {}", writer.place()), writer, with)
        }
        _ => remedy::unset("GOPROXY", setting, writer, "Go does not take this list"),
    }
}
