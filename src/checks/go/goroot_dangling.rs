//! GOROOT names nothing, or something that is no Go.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{Goroot, Goroots, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goroot-dangling",
    layer: Layer::Go,
    title: "GOROOT names a Go that is there",
    impact: "No go command works",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["goroot-in-env-file"],
    page: page!("go/goroot-dangling"),
    rule: rule!(judge(Contexts, Settings, Goroots, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, goroots: &Goroots, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for (setting, contexts) in settings.values("GOROOT") {
        let (what, text) = match goroots.at(&setting.value) {
            Some(Goroot::Nothing) => ("names a folder that is not there", "go: cannot find GOROOT directory"),
            Some(Goroot::NotGo) => ("names a folder without a Go in it", "package fmt is not in std"),
            Some(Goroot::Unknown(missing)) => {
                unknown = Some(missing.clone());
                continue;
            }
            Some(Goroot::Go { .. }) | None => continue,
        };
        let (evidence, writer) = settings.trace("GOROOT", &setting, &contexts, rc);
        findings.push(
            Finding::new(&setting.value, Severity::Error, format!("GOROOT {what}: {}", setting.value))
                .detail(format!(
                    "In {} every go command that compiles fails with: {text}. Go needs no GOROOT: it finds its own.",
                    remedy::contexts_title(&contexts)
                ))
                .seen_in(contexts)
                .about("GOROOT")
                .explained_by(if setting.is_in_file() { CHECK.causes } else { &[] })
                .evidence(evidence.expected("no GOROOT: Go finds its own"))
                .evidence(Evidence::new(&setting.value, "no src/runtime below it"))
                .fix(remedy::unset("GOROOT", &setting, writer.as_ref(), "no Go is there; Go finds its own")),
        );
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ => shells.outcome(findings),
    }
}
