//! GO111MODULE switches modules off, or has a value that Go does not know.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Finding, Layer, Outcome, Severity};
use crate::probes::go::{Setting, Settings};
use crate::probes::project::GoMod;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go111module-off",
    layer: Layer::Go,
    title: "Go works with modules",
    impact: "Go ignores modules",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("go/go111module-off"),
    rule: rule!(judge(Contexts, Settings, GoMod, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, module: &GoMod, rc: &RcFiles) -> Outcome {
    let findings = settings
        .values("GO111MODULE")
        .into_iter()
        .filter_map(|(setting, contexts)| finding(&setting, contexts, settings, module, rc))
        .collect();
    shells.outcome(findings)
}

fn finding(
    setting: &Setting,
    contexts: Vec<Context>,
    settings: &Settings,
    module: &GoMod,
    rc: &RcFiles,
) -> Option<Finding> {
    let value = &setting.value;
    let (severity, summary, detail) = match value.as_str() {
        "on" => return None,
        "off" if module.found.is_none() && lies_in_gopath(&contexts, settings) => (
            Severity::Info,
            "Modules are off, and this project lies in GOPATH".to_owned(),
            "GO111MODULE=off is how a project without go.mod below GOPATH/src is built. In every other folder, go ends with: modules disabled by GO111MODULE=off.",
        ),
        "off" => (
            if setting.is_kept(&contexts) { Severity::Error } else { Severity::Warning },
            "Modules are switched off: GO111MODULE=off".to_owned(),
            "Go ignores every go.mod and looks for imports in GOPATH/src: cannot find package. go mod, and go install with a version, end with: modules disabled by GO111MODULE=off; see 'go help modules'.",
        ),
        "auto" => (
            Severity::Info,
            "GO111MODULE=auto is left from the days before modules".to_owned(),
            "In a module nothing changes. In a folder without go.mod, Go falls back to GOPATH, and what goes wrong there is told in terms of GOPATH.",
        ),
        _ => (
            Severity::Error,
            format!("GO111MODULE is set to {value}, which Go does not know"),
            "Every go command ends with: go: unknown environment setting GO111MODULE. Go knows on, off and auto, in small letters.",
        ),
    };
    let (evidence, writer) = settings.trace("GO111MODULE", setting, &contexts, rc);
    Some(
        Finding::new(value, severity, summary)
            .detail(detail)
            .seen_in(contexts)
            .about("GO111MODULE")
            .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
            .evidence(evidence.expected("no GO111MODULE: modules are on since Go 1.16"))
            .fix(remedy::unset("GO111MODULE", setting, writer.as_ref(), "modules are on by default since Go 1.16")),
    )
}

/// True when the folder lies below the `src` of a GOPATH.
fn lies_in_gopath(contexts: &[Context], settings: &Settings) -> bool {
    let folder = &settings.machine().folder;
    contexts
        .iter()
        .filter_map(|context| settings.view(*context))
        .flat_map(|view| view.gopath())
        .any(|gopath| folder.starts_with(gopath.join("src")))
}
