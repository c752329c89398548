//! CGO_ENABLED=0 is kept, and the project needs cgo.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::build::CgoNeed;
use crate::probes::go::{Setting, SettingOrigin, Settings, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cgo-disabled-persisted",
    layer: Layer::Go,
    title: "cgo is not kept off where the project needs it",
    impact: "Go leaves C code out of the build",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("go/cgo-disabled-persisted"),
    rule: rule!(judge(Contexts, Settings, Toolchains, CgoNeed, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, need: &CgoNeed, rc: &RcFiles) -> Outcome {
    let kept = settings.values("CGO_ENABLED").into_iter().filter_map(|(setting, mut contexts)| {
        contexts.retain(|context| toolchains.active(*context).is_some());
        (setting.value == "0" && !contexts.is_empty()).then_some((setting, contexts))
    });
    let kept: Vec<_> = kept.filter(|(setting, contexts)| is_kept(setting, contexts, settings, rc)).collect();
    if kept.is_empty() {
        return shells.outcome(Vec::new());
    }
    let (needed, for_race) = match (&need.code, &need.race, &need.problem) {
        (Some(code), _, _) => (code, false),
        (None, Some(race), _) if !race.observed.contains("CGO_ENABLED=1") => (race, true),
        (None, _, Some(problem)) => return problem.about("whether the project needs cgo").into(),
        _ => return shells.outcome(Vec::new()),
    };
    shells.outcome(
        kept.into_iter()
            .map(|(setting, contexts)| finding(&setting, contexts, needed, for_race, settings, rc))
            .collect(),
    )
}

/// True when a file of the user's or the system's sets it. What an image or
/// the program that started the shell hands on was meant for here.
fn is_kept(setting: &Setting, contexts: &[Context], settings: &Settings, rc: &RcFiles) -> bool {
    match setting.origin {
        SettingOrigin::File { .. } | SettingOrigin::Goroot { .. } => true,
        SettingOrigin::Environment => settings.trace("CGO_ENABLED", setting, contexts, rc).1.is_some(),
        SettingOrigin::Default => false,
    }
}

fn finding(
    setting: &Setting,
    contexts: Vec<Context>,
    needed: &Evidence,
    for_race: bool,
    settings: &Settings,
    rc: &RcFiles,
) -> Finding {
    let (evidence, writer) = settings.trace("CGO_ENABLED", setting, &contexts, rc);
    let (what, says) = if for_race {
        (
            "go test -race needs cgo",
            "go test -race ends with: go: -race requires cgo; enable cgo by setting CGO_ENABLED=1.",
        )
    } else {
        (
            "the project needs cgo",
            "Files with C in them are left out of the build: build constraints exclude all Go files. sqlite3 and its like build, and fail when they run: requires cgo to work. This is a stub.",
        )
    };
    Finding::new("CGO_ENABLED=0", Severity::Warning, format!("CGO_ENABLED=0 is kept, and {what}"))
        .seen_in(contexts)
        .about("CGO_ENABLED")
        .detail(format!(
            "{says} For a single static program, the setting belongs before the one command that builds it."
        ))
        .evidence(evidence.expected("no CGO_ENABLED: Go decides"))
        .evidence(needed.clone())
        .fix(remedy::unset("CGO_ENABLED", setting, writer.as_ref(), "this project needs cgo"))
}
