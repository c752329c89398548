//! GOROOT is set to another Go than the one that runs.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{Goroot, GorootUse, Goroots, Settings, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goroot-env-mismatch",
    layer: Layer::Go,
    title: "GOROOT belongs to the Go that runs",
    impact: "Go cannot build here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["goroot-in-env-file", "version-manager-goroot", "version-manager-shadowed"],
    page: page!("go/goroot-env-mismatch"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Goroots, RcFiles)),
};

/// What explains a line of the GOENV file.
const IN_FILE: &[&str] = &["goroot-in-env-file"];

/// What explains a variable of the environment.
const IN_SHELL: &[&str] = &["version-manager-goroot", "version-manager-shadowed"];

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, goroots: &Goroots, rc: &RcFiles) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for (setting, contexts) in settings.values("GOROOT") {
        let theirs = match goroots.at(&setting.value) {
            Some(Goroot::Go { version: Some(version), .. }) => version,
            Some(Goroot::Go { version: None, .. }) => {
                unknown = Some(Missing::failed(format!("{}/VERSION names no version", setting.value)));
                continue;
            }
            Some(Goroot::Unknown(missing)) => {
                unknown = Some(missing.clone());
                continue;
            }
            // goroot-dangling speaks of these.
            Some(Goroot::Nothing | Goroot::NotGo) | None => continue,
        };
        let hit: Vec<Context> = contexts
            .into_iter()
            .filter(|context| {
                let go = toolchains.active(*context).filter(|go| go.goroot == GorootUse::Given);
                go.is_some_and(|go| go.version.as_ref().is_some_and(|ours| ours != theirs))
            })
            .collect();
        let Some(go) = hit.first().and_then(|context| toolchains.active(*context)) else { continue };
        let machine = settings.machine();
        let (evidence, writer) = settings.trace("GOROOT", &setting, &hit, rc);
        let runs = machine.tilde(&go.path);
        findings.push(
            Finding::new(&setting.value, Severity::Error, format!("GOROOT belongs to {theirs}, and the go that runs is {}", go.version_title()))
                .seen_in(hit)
                .about("GOROOT")
                .explained_by(if setting.is_in_file() { IN_FILE } else { IN_SHELL })
                .detail(format!(
                    "GOROOT is set to {}, which holds {theirs}, but the go that runs is {runs}, {}. Every build fails with: compile: version \"{theirs}\" does not match go tool version \"{}\".",
                    setting.value,
                    go.version_title(),
                    go.version_title(),
                ))
                .evidence(evidence.expected("no GOROOT: Go finds its own"))
                .evidence(Evidence::new(format!("{}/VERSION", setting.value), theirs.to_string()))
                .evidence(Evidence::new(runs, go.version_title()))
                .fix(remedy::unset("GOROOT", &setting, writer.as_ref(), "GOROOT belongs to another Go; Go finds its own")),
        );
    }
    shells.outcome(findings).or_unknown(unknown)
}
