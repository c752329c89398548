//! Go is there on both sides, of different versions, and a setting points across.

use std::path::Path;

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::editor::{EditorOnWindows, EditorsOnWindows};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::windows::WindowsGo;
use crate::probes::wsl::Drives;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "windows-two-gos",
    layer: Layer::Windows,
    title: "The Go of Windows and that of WSL are kept apart",
    impact: "Another Go works than the one you think",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("windows/windows-two-gos"),
    rule: rule!(judge(WindowsGo, Toolchains, EditorsOnWindows, Settings, Drives)),
};

fn judge(
    windows: &WindowsGo,
    toolchains: &Toolchains,
    editors: &EditorsOnWindows,
    settings: &Settings,
    drives: &Drives,
) -> Outcome {
    let there = match &windows.go {
        Some(go) => go,
        None => return Outcome::skipped("there is no Go on Windows"),
    };
    let Some((_, here)) = toolchains.in_use() else { return Outcome::skipped("there is no Go here") };
    let (Some(version), Some(ours)) = (&there.version, &here.version) else { return Outcome::Passed };
    if version.language() == ours.language() {
        return Outcome::Passed;
    }
    let across = pointing_across(editors, settings, drives);
    if across.is_empty() {
        return Outcome::Passed;
    }
    Finding::new(
        "two-gos",
        Severity::Info,
        format!("Windows has {version}, WSL has {ours}, and a setting points across"),
    )
    .about("go")
    .detail(
        "The one builds with what the other has: versions of tools, caches and results differ from window to window.",
    )
    .evidence(Evidence::new(&there.path, version.to_string()))
    .evidence(Evidence::new(here.path.display().to_string(), ours.to_string()))
    .evidences(across)
    .fix(Fix::manual(
        "Take the setting out, or bring both to one version",
        "The Go of Windows is needed only for projects that are built there.",
        None,
    ))
    .into()
}

/// Settings of this side that name the Go of the other.
fn pointing_across(editors: &EditorsOnWindows, settings: &Settings, drives: &Drives) -> Vec<Evidence> {
    let editor = editors.found.iter().flat_map(EditorOnWindows::leaks).map(|setting| setting.evidence());
    let own = ["GOROOT", "GOPATH"].into_iter().flat_map(|name| {
        let there = settings.values(name).into_iter().filter(|(setting, _)| {
            let first = setting.value.split(':').next().unwrap_or_default();
            drives.holding(Path::new(first)).is_some()
        });
        there.map(move |(setting, _)| Evidence::new(name, setting.value))
    });
    editor.chain(own).collect()
}
