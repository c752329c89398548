//! GO111MODULE keeps modules off.

use crate::checks::{Check, remedy};
use crate::model::{Class, Finding, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go111module-off",
    layer: Layer::Go,
    title: "Modules are on",
    impact: "Modules are switched off",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("go/go111module-off"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for (setting, contexts) in settings.values("GO111MODULE") {
        let value = setting.value.as_str();
        let (severity, summary, detail) = match value {
            "on" => continue,
            "off" => (
                Severity::Error,
                "GO111MODULE=off switches modules off".to_owned(),
                "go.mod is ignored. Commands that need it fail with: go: modules disabled by GO111MODULE=off; see 'go help modules'.".to_owned(),
            ),
            "auto" => (
                Severity::Warning,
                "GO111MODULE=auto is left from the time before modules".to_owned(),
                "Outside of a module go falls back to GOPATH mode, and go install PROGRAM@VERSION may behave differently from what is written everywhere.".to_owned(),
            ),
            other => (
                Severity::Error,
                format!("GO111MODULE={other} is no value that Go knows"),
                format!("Every go command fails with: go: unknown environment setting GO111MODULE={other}."),
            ),
        };
        let (evidence, writer) = settings.trace("GO111MODULE", &setting, &contexts, rc);
        findings.push(
            Finding::new(value, severity, summary)
                .detail(detail)
                .seen_in(contexts)
                .about("GO111MODULE")
                .evidence(evidence.expected("no GO111MODULE: modules are on since Go 1.16"))
                .fix(remedy::unset("GO111MODULE", &setting, writer.as_ref(), "modules are on since Go 1.16")),
        );
    }
    shells.outcome(findings)
}
