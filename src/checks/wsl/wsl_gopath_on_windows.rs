//! GOPATH or GOBIN lies on a Windows drive.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::wsl::GoFoldersOnWindows;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-gopath-on-windows",
    layer: Layer::Wsl,
    title: "GOPATH lies on the disk of WSL",
    impact: "Builds take many times as long as they should",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["wsl-wslenv-go", "windows-go-env"],
    page: page!("wsl/wsl-gopath-on-windows"),
    rule: rule!(judge(Contexts, Settings, GoFoldersOnWindows, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, folders: &GoFoldersOnWindows, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for name in ["GOPATH", "GOBIN"] {
        for (setting, contexts) in settings.values(name) {
            // Downloads and tools go into the first folder of the list.
            let first = setting.value.split(':').next().unwrap_or_default();
            let Some(place) = folders.place(first) else { continue };
            let (evidence, writer) = settings.trace(name, &setting, &contexts, rc);
            let detail = if name == "GOPATH" {
                "The module cache lies below it: every build looks at thousands of files through a protocol between \
                 the two systems. Programs of Go for Windows and for Linux get mixed in its bin folder."
            } else {
                "Programs for Linux are then installed among those for Windows; on that side they do not run."
            };
            let fix = remedy::unset(name, &setting, writer.as_ref(), "on a Windows drive it is slow");
            findings.push(
                Finding::new(format!("{name}:{first}"), Severity::Warning, format!("{name} lies on Windows: {first}"))
                    .seen_in(contexts)
                    .about(name)
                    .detail(detail)
                    .evidence(evidence.expected("a folder on the disk of WSL"))
                    .evidence(Evidence::new(first, place))
                    // What was installed there is not found afterwards.
                    .fix(remedy::reviewed(fix)),
            );
        }
    }
    shells.outcome(findings)
}
