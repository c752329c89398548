//! GOROOT names nothing, or something that is no Go.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{Goroot, Goroots, Origin, Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goroot-dangling",
    layer: Layer::Go,
    title: "GOROOT names a Go that is there",
    impact: "No go command works",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["wsl-windows-style-env", "goroot-in-env-file", "version-manager-stale"],
    page: page!("go/goroot-dangling"),
    rule: rule!(judge(Contexts, Settings, Goroots, RcFiles)),
};

/// What can explain it: a manager only what lies among its versions, WSL what
/// is written as on Windows.
fn explained_by(setting: &Setting) -> &'static [&'static str] {
    if setting.value.contains('\\') {
        &["wsl-windows-style-env"]
    } else if setting.is_in_file() {
        &["goroot-in-env-file"]
    } else if Origin::of(Path::new(&setting.value)).is_manager() {
        &["version-manager-stale"]
    } else {
        &[]
    }
}

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
                .explained_by(explained_by(&setting))
                .evidence(evidence.expected("no GOROOT: Go finds its own"))
                .evidence(Evidence::new(&setting.value, "no src/runtime below it"))
                .fix(remedy::unset("GOROOT", &setting, writer.as_ref(), "no Go is there; Go finds its own")),
        );
    }
    shells.outcome(findings).or_unknown(unknown)
}
