//! GOOS or GOARCH is kept set to another platform.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Context, Finding, Layer, Outcome, Severity};
use crate::probes::go::{ARCHITECTURES, SYSTEMS, Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cross-target-left-set",
    layer: Layer::Go,
    title: "GOOS and GOARCH are those of this machine",
    impact: "What Go builds does not run here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("go/cross-target-left-set"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

/// What a target means on this machine.
enum Target {
    /// It is this machine's own.
    Own,
    /// Its programs run here all the same.
    Runs,
    /// Its programs do not run here.
    Foreign,
    /// Go knows no such target.
    Unknown,
}

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for name in ["GOOS", "GOARCH"] {
        for (setting, contexts) in settings.values(name) {
            findings.extend(finding(name, &setting, contexts, settings, rc));
        }
    }
    shells.outcome(findings)
}

fn finding(
    name: &str,
    setting: &Setting,
    contexts: Vec<Context>,
    settings: &Settings,
    rc: &RcFiles,
) -> Option<Finding> {
    let machine = settings.machine();
    let value = &setting.value;
    let own = if name == "GOOS" { machine.goos() } else { machine.goarch() };
    let target = Target::of(name, value, machine);
    let kept = setting.is_kept(&contexts);
    let (severity, summary, effect) = match target {
        Target::Own => return None,
        Target::Unknown => (
            Severity::Error,
            format!("{name} is set to {value}, which Go does not know"),
            "Every build ends with: go: unsupported GOOS/GOARCH pair.".to_owned(),
        ),
        Target::Foreign => (
            if kept { Severity::Error } else { Severity::Info },
            format!("{name} is {} {value}, and this machine is {own}", if kept { "kept set to" } else { "set to" }),
            "Builds succeed, and go run and go test end with: exec format error. With GOBIN set, go install ends with: go: cannot install cross-compiled binaries when GOBIN is set.".to_owned(),
        ),
        Target::Runs => (
            if kept { Severity::Warning } else { Severity::Info },
            format!("{name} is {} {value}, and this machine is {own}", if kept { "kept set to" } else { "set to" }),
            "Its programs run here, yet Go takes every build for a cross build: cgo is off, and with GOBIN set, go install ends with: go: cannot install cross-compiled binaries when GOBIN is set.".to_owned(),
        ),
    };
    let (evidence, writer) = settings.trace(name, setting, &contexts, rc);
    Some(
        Finding::new(format!("{name}:{value}"), severity, summary)
            .detail(match (kept, target) {
                (false, Target::Foreign | Target::Runs) => {
                    format!("{effect} It is set for this session only, so it may be meant.")
                }
                _ => {
                    format!("{effect} A target belongs before the one command that needs it: {name}={value} go build.")
                }
            })
            .seen_in(contexts)
            .about(name)
            .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
            .evidence(evidence.expected(format!("no {name}: Go builds for {}/{}", machine.goos(), machine.goarch())))
            .fix(remedy::unset(name, setting, writer.as_ref(), "set the target for single commands")),
    )
}

impl Target {
    fn of(name: &str, value: &str, machine: &Machine) -> Target {
        let (known, own): (&[&str], &str) =
            if name == "GOOS" { (&SYSTEMS, machine.goos()) } else { (&ARCHITECTURES, machine.goarch()) };
        let runs = match name {
            "GOOS" => value == "windows" && machine.is_wsl(),
            _ => matches!(
                (machine.goos(), own, value),
                ("linux" | "windows", "amd64", "386") | ("linux", "arm64", "arm") | ("darwin", "arm64", "amd64")
            ),
        };
        if value == own {
            Target::Own
        } else if runs {
            Target::Runs
        } else if known.contains(&value) {
            Target::Foreign
        } else {
            Target::Unknown
        }
    }
}
