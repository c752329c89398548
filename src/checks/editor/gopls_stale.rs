//! gopls was built with an older Go than the project asks for.

use crate::checks::Check;
use crate::checks::remedy::{listed, rebuild_tool};
use crate::model::{Class, Finding, GoVersion, Layer, Missing, Outcome, Patch, Severity};
use crate::probes::editor::{ToolName, Tools};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::project::{Demand, GoMod, GoWork};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopls-stale",
    layer: Layer::Editor,
    title: "gopls understands the project's Go",
    impact: "The editor shows errors that are none",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("editor/gopls-stale"),
    rule: rule!(judge(GoMod, GoWork, Toolchains, Settings, Tools)),
};

fn judge(module: &GoMod, work: &GoWork, toolchains: &Toolchains, settings: &Settings, tools: &Tools) -> Outcome {
    let demand = match Demand::of(module, work) {
        Ok(Some(demand)) => demand,
        Ok(None) => return Outcome::skipped("no module is here"),
        Err(missing) => return missing.into(),
    };
    let (Some(needed), Some(line)) = (demand.go_version(), demand.go) else {
        return Outcome::skipped(format!("{} asks for no Go", demand.name));
    };
    if tools.in_use(ToolName::Gopls).next().is_none() {
        return Outcome::skipped("no gopls is there");
    }
    let own = toolchains.in_use().and_then(|(_, go)| go.version.as_ref());
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for tool in tools.in_use(ToolName::Gopls) {
        let built = match tool.built_with() {
            Ok(built) => built,
            Err(missing) => {
                unknown = Some(missing);
                continue;
            }
        };
        if built.language() >= needed.language() {
            continue;
        }
        let finding = Finding::new(
            &tool.title,
            Severity::Warning,
            format!("gopls was built with {built}, and the project needs {needed}"),
        )
        .detail(format!("{}: {}. Used by {}.", demand.name, says(&built, &needed), listed(&tool.users())))
        .seen_in(tool.contexts())
        .about("gopls")
        .evidence(tool.evidence().expected(format!("built with {needed} or later")))
        .evidence(demand.evidence(line));
        // The Go on PATH may be older than what the project makes it fetch.
        let with = own.filter(|own| own.language() < needed.language()).map(|_| needed.first_release());
        findings.push(finding.fixes(rebuild_tool(tool, with.as_ref(), toolchains, settings)));
    }
    Outcome::of(findings).or_unknown(unknown)
}

/// What such a gopls says.
fn says(built: &GoVersion, needed: &GoVersion) -> String {
    if built.language() < (1, 21) && needed.patch != Patch::Language {
        return format!("gopls stops with: invalid Go version \"{needed}\" (should be something like \"go1.12\")");
    }
    let (major, minor) = built.language();
    format!(
        "gopls reports in every package: package requires newer Go version {needed} (application built with go{major}.{minor})"
    )
}
