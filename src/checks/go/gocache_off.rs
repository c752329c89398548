//! GOCACHE is no folder that Go could use.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::go::{Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gocache-off",
    layer: Layer::Go,
    title: "GOCACHE is a whole path",
    impact: "Go cannot build here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("go/gocache-off"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let values = settings.values("GOCACHE").into_iter();
    let findings: Vec<Finding> =
        values.filter_map(|(setting, contexts)| finding(&setting, contexts, settings, rc)).collect();
    shells.outcome(findings)
}

fn finding(setting: &Setting, contexts: Vec<Context>, settings: &Settings, rc: &RcFiles) -> Option<Finding> {
    let value = &setting.value;
    if Path::new(value).is_absolute() {
        return None;
    }
    let (summary, text) = match value.as_str() {
        "off" => (
            "GOCACHE is off, and Go needs a build cache".to_owned(),
            "build cache is disabled by GOCACHE=off, but required as of Go 1.12",
        ),
        _ => (
            format!("GOCACHE is no whole path: {}", mask(value)),
            "build cache is required, but could not be located: GOCACHE is not an absolute path",
        ),
    };
    let (evidence, writer) = settings.trace("GOCACHE", setting, &contexts, rc);
    let repaired = whole(setting, &contexts, settings, writer.as_ref());
    Some(
        Finding::new(value, Severity::Error, summary)
            .detail(format!("go build, go run, go test and go vet end with: {text}."))
            .seen_in(contexts)
            .about("GOCACHE")
            .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
            .evidence(evidence.expected("no GOCACHE: Go keeps its own"))
            .fixes(repaired)
            .fix(remedy::unset("GOCACHE", setting, writer.as_ref(), "Go needs a build cache; it keeps its own")),
    )
}

/// The path with the home that nobody put in, where it begins with it.
fn whole(setting: &Setting, contexts: &[Context], settings: &Settings, writer: Option<&Writer>) -> Option<Fix> {
    let starts = ["~/", "$HOME/", "${HOME}/"];
    let rest = starts.iter().find_map(|start| setting.value.strip_prefix(start))?;
    let view = settings.view(*contexts.first()?)?;
    let home = settings.machine().user.home.as_ref()?;
    remedy::rewrite("GOCACHE", setting, writer, &home.join(rest).display().to_string(), view)
}
