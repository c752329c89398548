//! WSLENV hands variables of Go over from Windows.

use std::path::Path;

use crate::checks::Check;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::shell::Contexts;
use crate::probes::wsl::{Drives, WslEnv};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-wslenv-go",
    layer: Layer::Wsl,
    title: "WSLENV hands over no variable of Go",
    impact: "Go uses folders of Windows",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &["windows-go-env"],
    page: page!("wsl/wsl-wslenv-go"),
    rule: rule!(judge(Contexts, Drives)),
};

/// Variables that mean something else on the other side.
const NAMES: [&str; 7] = ["GOROOT", "GOPATH", "GOBIN", "GOTOOLDIR", "GOOS", "GOARCH", "GOTOOLCHAIN"];

fn judge(shells: &Contexts, drives: &Drives) -> Outcome {
    let mut findings: Vec<Finding> = Vec::new();
    for (list, contexts) in shells.values("WSLENV") {
        let shared = WslEnv::parse(&list);
        let sees = |name: &str| contexts.iter().find_map(|context| shells.get(*context).ok()?.get(name));
        for name in NAMES.into_iter().filter(|name| shared.shares(name)) {
            // What is listed and not set does nothing.
            let Some(value) = sees(name) else { continue };
            if !findings.iter().any(|known| known.key == name) {
                findings.push(finding(name, value, &list, &contexts, drives));
            }
        }
    }
    shells.outcome(findings)
}

fn finding(name: &'static str, value: &str, list: &str, contexts: &[Context], drives: &Drives) -> Finding {
    let on_windows = drives.holding(Path::new(value)).is_some();
    let severity = if on_windows { Severity::Error } else { Severity::Warning };
    Finding::new(name, severity, format!("Windows hands its {name} to WSL: {value}"))
        .seen_in(contexts.iter().copied())
        .about(name)
        .detail("The value is meant for the Go of Windows. The one here then looks for its own files on the Windows drive, or builds for another system.")
        .evidence(Evidence::new("WSLENV", list).expected(format!("without {name}")))
        .evidence(Evidence::new(name, value))
        .fix(Fix::manual(
            format!("Take {name} out of WSLENV"),
            "WSLENV is a variable of Windows, of the user or of the machine. Then close all terminals and open a new one.",
            Some(format!("setx.exe WSLENV \"{}\"", WslEnv::parse(list).without(name))),
        ))
}
