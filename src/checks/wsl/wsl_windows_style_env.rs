//! GOROOT, GOPATH or GOBIN holds a path of Windows.

use crate::checks::{Check, remedy};
use crate::model::{Class, Finding, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-windows-style-env",
    layer: Layer::Wsl,
    title: "Go's folders are written as Linux writes them",
    impact: "Go does not find its folders",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["wsl-wslenv-go", "windows-go-env"],
    page: page!("wsl/wsl-windows-style-env"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for name in ["GOROOT", "GOPATH", "GOBIN"] {
        for (setting, contexts) in settings.values(name) {
            if !is_of_windows(&setting.value) {
                continue;
            }
            let (evidence, writer) = settings.trace(name, &setting, &contexts, rc);
            let fix = remedy::unset(name, &setting, writer.as_ref(), "a path of Windows means nothing here");
            findings.push(
                Finding::new(
                    format!("{name}:{}", setting.value),
                    Severity::Error,
                    format!("{name} is a path of Windows: {}", setting.value),
                )
                .seen_in(contexts)
                .about(name)
                .detail(said(name))
                .evidence(evidence.expected("a path of Linux, or none"))
                .fix(fix),
            );
        }
    }
    shells.outcome(findings)
}

/// A letter with a colon in front, or backslashes.
fn is_of_windows(value: &str) -> bool {
    let mut chars = value.chars();
    let drive = chars.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && chars.next() == Some(':');
    drive && matches!(chars.next(), Some('\\' | '/')) || value.starts_with(r"\\")
}

fn said(name: &str) -> &'static str {
    match name {
        "GOROOT" => "Every go command ends with: go: cannot find GOROOT directory.",
        "GOPATH" => {
            "Linux takes the colon for the end of a folder, and the rest for another: go: GOPATH entry is relative; must be absolute path."
        }
        _ => "go install ends with: cannot install, GOBIN must be an absolute path.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_windows_are_known() {
        for path in [r"C:\Go", "c:/Go", r"\\wsl$\Ubuntu", r"D:\"] {
            assert!(is_of_windows(path), "{path}");
        }
        for path in ["/usr/local/go", "/mnt/c/Go", "C:", "a:b", "", "~/go", r"/a\b"] {
            assert!(!is_of_windows(path), "{path}");
        }
    }

    /// Settings of the Go of Windows, as a shared file or WSLENV brings them.
    #[test]
    fn recorded_settings_of_windows_are_known() {
        let text = include_str!("../../../tests/wsl-samples/windows-goenv.txt");
        let settings = text.lines().filter_map(|line| line.split_once('='));
        let of_windows: Vec<&str> = settings.filter(|(_, value)| is_of_windows(value)).map(|(name, _)| name).collect();
        assert_eq!(of_windows, ["GOPATH", "GOBIN"]);
    }
}
