//! gopls was built with an older Go than the project needs.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, GoVersion, Layer, Missing, Outcome, Severity};
use crate::probes::editor::{Tool, ToolName, Tools};
use crate::probes::go::{Selections, Settings, Toolchains};
use crate::probes::project::{Demand, GoMod, GoWork};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopls-stale",
    layer: Layer::Editor,
    title: "gopls understands the project's Go version",
    impact: "The editor misreads this project",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("editor/gopls-stale"),
    rule: rule!(judge(Tools, GoMod, GoWork, Selections, Toolchains, Settings)),
};

fn judge(
    tools: &Tools,
    module: &GoMod,
    work: &GoWork,
    selections: &Selections,
    toolchains: &Toolchains,
    settings: &Settings,
) -> Outcome {
    let mut copies = tools.in_use(ToolName::Gopls).peekable();
    if copies.peek().is_none() {
        return Outcome::skipped("gopls is not installed");
    }
    let demand = match Demand::of(module, work) {
        Ok(Some(demand)) => demand,
        Ok(None) => return Outcome::skipped("the folder lies in no module"),
        Err(missing) => return missing.into(),
    };
    let (Some(line), Some(asked)) = (demand.go, demand.go_version()) else {
        return Outcome::skipped("the module names no Go version");
    };
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for tool in copies {
        match tool.built_with() {
            Ok(built) if built.language() < asked.language() => {
                findings.push(finding(tool, &built, &asked, demand.evidence(line)).fixes(remedy::rebuild_tool(
                    tool,
                    toolchains,
                    toolchains.in_use().and_then(|(context, _)| selections.get(context)),
                    settings,
                )));
            }
            Ok(_) => {}
            Err(missing) => unknown = Some(missing),
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ => findings.into(),
    }
}

fn finding(tool: &Tool, built: &GoVersion, asked: &GoVersion, line: Evidence) -> Finding {
    let version = tool.version().map(|version| format!(", version {version}")).unwrap_or_default();
    let text = if built.language() < (1, 21) {
        format!("invalid go version '{}': must match format 1.23", asked.bare())
    } else {
        format!("package requires newer Go version {} (application built with {built})", language(asked))
    };
    Finding::new(
        &tool.title,
        Severity::Warning,
        format!("gopls was built with {}, and the project asks for {}", built, language(asked)),
    )
    .seen_in(tool.contexts())
    .about("gopls")
    .detail(format!(
        "gopls reads Go with the parser and type checker of the Go that built it, and these end at {}. It reports: \
             {text}. Updating Go does not update gopls.",
        language(built)
    ))
    .evidence(
        Evidence::new(&tool.title, format!("built with {built}{version}"))
            .expected(format!("built with {} or newer", language(asked))),
    )
    .evidence(line)
}

/// `go1.23`.
fn language(version: &GoVersion) -> String {
    format!("go{}.{}", version.major, version.minor)
}
