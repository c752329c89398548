//! GOOS or GOARCH is kept for another platform than this one.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Context, Finding, Layer, Outcome, Severity};
use crate::probes::go::{SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cross-target-left-set",
    layer: Layer::Go,
    title: "GOOS and GOARCH are this machine's",
    impact: "go run and go test do not work here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("go/cross-target-left-set"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let machine = settings.machine();
    let mut findings = Vec::new();
    for (name, here) in [("GOOS", machine.goos()), ("GOARCH", machine.goarch())] {
        for (setting, contexts) in settings.values(name) {
            if setting.value == here || runs_here(name, &setting.value, machine) {
                continue;
            }
            // Set by hand for one session is how cross builds are made.
            let kept = matches!(setting.origin, SettingOrigin::File { .. })
                || contexts.iter().any(|context| *context != Context::Session);
            if !kept {
                continue;
            }
            let (evidence, writer) = settings.trace(name, &setting, &contexts, rc);
            let value = &setting.value;
            findings.push(
                Finding::new(
                    format!("{name}={value}"),
                    Severity::Error,
                    format!("{name} is left at {value}, and this machine is {here}"),
                )
                .detail(format!(
                    "Every build makes a program for {value}. go run and go test fail with: exec format error; go install fails with: cannot install cross-compiled binaries when GOBIN is set."
                ))
                .seen_in(contexts)
                .about(name)
                .evidence(evidence.expected(format!("no {name}: Go takes {here}")))
                .fix(remedy::unset(name, &setting, writer.as_ref(), "builds were made for another platform")),
            );
        }
    }
    shells.outcome(findings)
}

/// Programs of the 32-bit sibling run on this kernel, too.
fn runs_here(name: &str, value: &str, machine: &Machine) -> bool {
    name == "GOARCH" && matches!((machine.goarch(), value), ("amd64", "386") | ("arm64", "arm"))
}
