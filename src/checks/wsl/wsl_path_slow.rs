//! Folders of Windows on PATH make every search slow.

use std::time::Duration;

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::wsl::{ConfigFiles, PathCost};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-path-slow",
    layer: Layer::Wsl,
    title: "PATH is searched quickly",
    impact: "The shell hesitates at every command",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("wsl/wsl-path-slow"),
    rule: rule!(judge(PathCost, ConfigFiles)),
};

/// What people notice.
const LIMIT: Duration = Duration::from_millis(300);

fn judge(cost: &PathCost, files: &ConfigFiles) -> Outcome {
    if cost.folders.is_empty() {
        return Outcome::skipped("no folder of Windows is on PATH");
    }
    if cost.took < LIMIT {
        return Outcome::Passed;
    }
    let (count, took) = (cost.folders.len(), cost.took.as_millis());
    let file = &files.wsl_conf.name;
    Finding::new(
        "path",
        Severity::Warning,
        format!("One search of PATH takes {took} ms: {count} of its folders lie on Windows"),
    )
    .about("PATH")
    .detail(
        "Every command that is not there, every completion and many prompts search all of PATH. gomedic measured \
             one such search.",
    )
    .evidence(Evidence::new("PATH", format!("{count} folders on Windows, {took} ms")).expected("less than 300 ms"))
    .evidences(cost.folders.iter().take(4).map(|folder| Evidence::new("PATH", folder)))
    .fix(
        Fix::manual(
            "Leave the PATH of Windows out",
            format!(
                "In {file}: appendWindowsPath=false below [interop]. `code` and explorer.exe are then called by \
                     their whole path, or with the one folder that you add in your start file. {}",
                remedy::wsl::AFTERWARDS
            ),
            Some(format!("sudoedit {file}")),
        )
        .awaits(remedy::wsl::WSL_SHUTDOWN),
    )
    .into()
}
