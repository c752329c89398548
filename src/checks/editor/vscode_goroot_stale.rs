//! VS Code's settings name a Go that is gone or old.

use crate::checks::Check;
use crate::checks::remedy::{listed, remove_setting};
use crate::model::{Class, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::editor::{EditorUse, Pin, Pinned, PinnedGo};
use crate::probes::go::{GoCommand, Toolchains};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "vscode-goroot-stale",
    layer: Layer::Editor,
    title: "VS Code's settings name the Go that the terminal runs",
    impact: "The editor works with another Go, or none",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("editor/vscode-goroot-stale"),
    rule: rule!(judge(EditorUse, PinnedGo, Toolchains)),
};

fn judge(editors: &EditorUse, pinned: &PinnedGo, toolchains: &Toolchains) -> Outcome {
    let go = toolchains.in_use().map(|(_, go)| go);
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = pinned.problem.as_ref();
    // Without the Go extension, nobody reads these settings.
    let is_read = |pin: &&Pin| editors.for_go().any(|(editor, _)| pin.editors.contains(&editor.name));
    for pin in pinned.pins.iter().filter(is_read) {
        match &pin.names {
            Pinned::Unknown(missing) => unknown = Some(missing),
            _ => findings.extend(finding(pin, go)),
        }
    }
    Outcome::of(findings).or_unknown(unknown)
}

fn finding(pin: &Pin, go: Option<&GoCommand>) -> Option<Finding> {
    let (name, value) = (pin.setting.name(), &pin.path);
    let editors = listed(&pin.editors);
    let is_root = name == "go.goroot";
    let (severity, summary, detail, seen) = match &pin.names {
        Pinned::Nothing if is_root => (
            Severity::Warning,
            format!("{name} names a folder that is not there: {value}"),
            format!(
                "{editors} warns at every start: go.goroot setting is ignored. {value} is not a valid GOROOT directory. The Go on PATH is used instead."
            ),
            Evidence::new(value, "no such folder"),
        ),
        Pinned::Nothing => (
            Severity::Warning,
            format!("{name} names nothing that runs: {value}"),
            format!("{editors} passes over it without a word and looks for go in other places."),
            Evidence::new(value, "no such program"),
        ),
        Pinned::NotGo => (
            Severity::Error,
            format!("{name} names a folder without a Go in it: {value}"),
            format!(
                "{editors} hands it to Go as GOROOT, and every build and gopls fail there, though the terminal works."
            ),
            Evidence::new(value, "no bin/go below it"),
        ),
        Pinned::Go(Some(theirs)) => {
            let ours = go?.version.as_ref().filter(|ours| *ours != theirs)?;
            let severity = if theirs.language() < ours.language() { Severity::Warning } else { Severity::Info };
            (
                severity,
                format!("{name} is {theirs}, and the go of the terminal is {ours}"),
                format!(
                    "{editors} builds, tests and checks with {theirs}; what works in one place may fail in the other."
                ),
                Evidence::new(value, theirs.to_string()).expected(ours.to_string()),
            )
        }
        Pinned::Go(None) | Pinned::Unknown(_) => return None,
    };
    Some(
        Finding::new(format!("{}:{name}", pin.setting.file.name), severity, summary)
            .detail(detail)
            .evidence(Evidence::new(pin.setting.place(), format!("\"{name}\": \"{}\"", pin.setting.text)))
            .evidence(seen)
            .fix(remove_setting(&pin.setting)),
    )
}
