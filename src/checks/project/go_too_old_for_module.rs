//! The project asks for a newer Go, and this one cannot fetch it.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::{Because, Choice, Installations, Selections, Settings, Toolchains};
use crate::probes::project::{Demand, GoMod, GoWork};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-too-old-for-module",
    layer: Layer::Project,
    title: "Go is new enough for the project",
    impact: "This project cannot be built",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["go-shadowed"],
    page: page!("project/go-too-old-for-module"),
    rule: rule!(judge(Contexts, Toolchains, Selections, GoMod, GoWork, Installations, Settings)),
};

#[allow(clippy::too_many_arguments, reason = "a rule names its facts as parameters")]
fn judge(
    shells: &Contexts,
    toolchains: &Toolchains,
    selections: &Selections,
    module: &GoMod,
    work: &GoWork,
    installed: &Installations,
    settings: &Settings,
) -> Outcome {
    let demand = match Demand::of(module, work) {
        Ok(Some(demand)) => demand,
        Ok(None) => return Outcome::skipped("the folder lies in no module"),
        Err(missing) => return missing.into(),
    };
    let (Some(line), Some(asked)) = (demand.go, demand.go_version()) else {
        return Outcome::skipped(format!("{} has no go line", demand.name));
    };
    let machine = settings.machine();
    let mut findings: Vec<Finding> = Vec::new();
    for (context, go) in toolchains.actives() {
        let Some(own) = &go.version else { continue };
        let cannot_switch = own.language() < (1, 21) && asked.language() > own.language();
        let may_not = selections.get(context).is_some_and(|selection| {
            matches!(selection.choice, Choice::TooOld { because: Because::ToolchainLine | Because::GoLine, .. })
        });
        if !cannot_switch && !may_not {
            continue;
        }
        let key = format!("{own} {}", line.value);
        if let Some(known) = findings.iter_mut().find(|finding| finding.key == key) {
            known.contexts.push(context);
            continue;
        }
        let text = if cannot_switch {
            format!("go: errors parsing {}: invalid go version '{}': must match format 1.23", demand.file(), line.value)
        } else {
            format!("go: {} requires go >= {} (running go {})", demand.file(), line.value, own.bare())
        };
        let newer =
            installed.found.iter().find(|other| other.version.as_ref().is_some_and(|version| *version >= asked));
        findings.push(
            Finding::new(
                &key,
                Severity::Error,
                format!("The project asks for Go {}, and the Go here is {}", line.value, own.bare()),
            )
            .detail(format!("This Go is too old, and it cannot fetch a newer one by itself. It fails with: {text}."))
            .seen_in([context])
            .about("go")
            .evidence(demand.evidence(line))
            .evidence(Evidence::new(machine.tilde(&go.path), go.version_title()))
            .evidences(newer.map(|other| {
                let version = other.version.as_ref().map(ToString::to_string).unwrap_or_default();
                Evidence::new(machine.tilde(&other.root), format!("{version} is here, and not first on PATH"))
            }))
            .fix(remedy::official_archive(machine)),
        );
    }
    shells.outcome(findings)
}
