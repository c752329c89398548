//! GOPROXY is written in a way that Go rejects.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::go::{Setting, Settings, View};
use crate::probes::modules::GoProxy;
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goproxy-malformed",
    layer: Layer::Modules,
    title: "GOPROXY is a list that Go can read",
    impact: "Modules cannot be downloaded",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("modules/goproxy-malformed"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

const NAME: &str = "GOPROXY";

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let values = settings.values(NAME).into_iter();
    shells.outcome(values.filter_map(|(setting, contexts)| finding(settings, rc, &setting, contexts)).collect())
}

fn finding(settings: &Settings, rc: &RcFiles, setting: &Setting, contexts: Vec<Context>) -> Option<Finding> {
    let list = GoProxy::parse(&setting.value);
    let view = settings.view(*contexts.first()?)?;
    let (evidence, writer) = settings.trace(NAME, setting, &contexts, rc);
    let value = mask(&setting.value).into_owned();
    let value = (!evidence.observed.contains(&value)).then(|| Evidence::new("the value of GOPROXY", value));
    let evidence = evidence.expected("URLs, direct or off, divided by , or |");
    let told = if list.entries.is_empty() {
        Told {
            severity: Severity::Error,
            summary: "GOPROXY is set, and holds no entry".to_owned(),
            detail: "Every download fails with: GOPROXY list is not the empty string, but contains no entries."
                .to_owned(),
            part: None,
        }
    } else if let Some((entry, fault)) = list.fault() {
        let text = mask(&entry.text).into_owned();
        Told {
            severity: Severity::Error,
            summary: format!("GOPROXY: '{text}' {}", fault.title()),
            detail: format!("Every download fails with: {}.", fault.said(&text)),
            part: Some(text),
        }
    } else {
        let (last, unused) = (list.entries.last()?, list.unused.first()?);
        Told {
            severity: Severity::Warning,
            summary: format!("GOPROXY: what stands behind '{}' is never used", last.text),
            detail: format!("Go ends at '{}' and never comes to {}.", last.text, mask(&list.unused.join(", "))),
            part: Some(mask(unused).into_owned()),
        }
    };
    let found = Finding::new(told.key(), told.severity, told.summary)
        .seen_in(contexts)
        .about(NAME)
        .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
        .detail(told.detail)
        .evidence(evidence)
        .evidences(value);
    Some(found.fixes(fixes(setting, writer.as_ref(), view, &list)))
}

/// What is told of a value.
struct Told {
    severity: Severity,
    summary: String,
    detail: String,
    /// The entry that it is about.
    part: Option<String>,
}

impl Told {
    fn key(&self) -> String {
        self.part.as_ref().map_or_else(|| "empty".to_owned(), |part| format!("entry:{part}"))
    }
}

/// What was plainly meant first, then Go's own default.
fn fixes(setting: &Setting, writer: Option<&Writer>, view: &View, list: &GoProxy) -> Vec<Fix> {
    let meant = if list.unused.is_empty() {
        GoProxy::repaired(&setting.value)
    } else {
        // The end was meant to stand at the end.
        let last = list.entries.last().map(|entry| entry.text.clone());
        let before = list.entries.iter().rev().skip(1).map(|entry| entry.text.clone());
        let order: Vec<String> = before.chain(list.unused.iter().cloned()).chain(last).collect();
        GoProxy::repaired(&order.join(","))
    };
    let mut rewrite = meant.and_then(|right| remedy::rewrite(NAME, setting, writer, &right, view));
    if let Some(fix) = rewrite.as_mut().filter(|fix| fix.class == Class::Safe && !list.unused.is_empty()) {
        // Another order takes modules from elsewhere than now.
        fix.class = Class::Review;
    }
    let unset = remedy::unset(NAME, setting, writer, "Go cannot read this list");
    rewrite.into_iter().chain([unset]).collect()
}
