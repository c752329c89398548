//! A cache of Go lies on a Windows drive.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::{SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::wsl::GoFoldersOnWindows;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-cache-on-windows",
    layer: Layer::Wsl,
    title: "Go's caches lie on the disk of WSL",
    impact: "Builds take many times as long as they should",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &["wsl-gopath-on-windows", "wsl-wslenv-go", "windows-go-env"],
    page: page!("wsl/wsl-cache-on-windows"),
    rule: rule!(judge(Contexts, Settings, GoFoldersOnWindows, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, folders: &GoFoldersOnWindows, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for name in ["GOCACHE", "GOMODCACHE", "GOTMPDIR"] {
        for (setting, contexts) in settings.values(name) {
            let Some(place) = folders.place(&setting.value) else { continue };
            let (evidence, writer) = settings.trace(name, &setting, &contexts, rc);
            let is_own = setting.origin != SettingOrigin::Default;
            let mut finding = Finding::new(
                format!("{name}:{}", setting.value),
                Severity::Warning,
                format!("{name} lies on Windows: {}", setting.value),
            )
            .seen_in(contexts)
            .about(name)
            // Without a value of its own it lies below GOPATH.
            .explained_by(if is_own { &[] } else { CHECK.causes })
            .detail(
                "Every file there is reached through a protocol between the two systems. Go looks at thousands of \
                 small files per build; directories in use cannot be renamed: permission denied.",
            )
            .evidence(evidence.expected("a folder on the disk of WSL"))
            .evidence(Evidence::new(&setting.value, place));
            if is_own {
                let why = "on a Windows drive it is slow; Go has a folder of its own";
                finding = finding.fix(remedy::unset(name, &setting, writer.as_ref(), why));
            }
            findings.push(finding);
        }
    }
    shells.outcome(findings)
}
