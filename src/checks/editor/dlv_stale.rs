//! Delve is too old for the Go whose programs it is to debug.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, GoVersion, Layer, Missing, Outcome, Severity};
use crate::probes::editor::{Tool, ToolName, Tools};
use crate::probes::go::{Choice, Selection, Selections, Settings, Toolchains};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dlv-stale",
    layer: Layer::Editor,
    title: "Delve knows the Go that builds here",
    impact: "The debugger does not start",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("editor/dlv-stale"),
    rule: rule!(judge(Tools, Toolchains, Selections, Settings)),
};

/// The first Go that writes debug information in the form DWARF 5, which
/// Delve reads only when it was itself built with that Go or a newer one
/// (Go 1.25 release notes; pkg/goversion/compat.go of Delve).
const DWARF5: (u32, u32) = (1, 25);

/// The newest Go that a Delve built by a Go so much older could know: each
/// Delve is built with one of the three Go releases that it is for.
const RELEASES: u32 = 3;

/// Why a Delve cannot debug.
enum Reason {
    /// Its own version is for this Go at most.
    KnowsUpTo(u32),
    /// It reads no DWARF 5.
    NoDwarf5,
    /// It says no version, and was built with a Go so old that it must be old.
    BuiltLongAgo,
}

fn judge(tools: &Tools, toolchains: &Toolchains, selections: &Selections, settings: &Settings) -> Outcome {
    let mut copies = tools.in_use(ToolName::Delve).peekable();
    if copies.peek().is_none() {
        return Outcome::skipped("delve is not installed");
    }
    let Some((context, go)) = toolchains.in_use() else { return Outcome::skipped("no go is on any PATH") };
    let selection = selections.get(context);
    let Some(runs) = selection.map(builds_with).or_else(|| go.version.clone()) else {
        return Missing::failed(format!("the version of {} is not known", go.path.display())).into();
    };
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for tool in copies {
        match trouble(tool, &runs) {
            Ok(Some(reason)) => findings
                .push(finding(tool, &reason, &runs).fixes(remedy::rebuild_tool(tool, toolchains, selection, settings))),
            Ok(None) => {}
            Err(missing) => unknown = Some(missing),
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ => findings.into(),
    }
}

/// The Go that builds the project: the one it switches to, where it does.
fn builds_with(selection: &Selection) -> GoVersion {
    match &selection.choice {
        Choice::Switches { to, .. } | Choice::Downloads { to, .. } => to.version.clone(),
        _ => selection.own.clone(),
    }
}

fn trouble(tool: &Tool, go: &GoVersion) -> Result<Option<Reason>, Missing> {
    let built = tool.built_with()?;
    if let Some(newest) = tool.version().and_then(knows_up_to).filter(|newest| *newest < go.minor) {
        return Ok(Some(Reason::KnowsUpTo(newest)));
    }
    let knows_its_version = tool.version().and_then(knows_up_to).is_some();
    if !knows_its_version && built.minor + RELEASES < go.minor {
        return Ok(Some(Reason::BuiltLongAgo));
    }
    let lacks_dwarf5 = go.language() >= DWARF5 && built.language() < DWARF5;
    Ok(lacks_dwarf5.then_some(Reason::NoDwarf5))
}

/// The newest minor version of Go that this Delve accepts. Since 1.20 the
/// numbers agree; before, they were ten apart (CHANGELOG.md of Delve).
fn knows_up_to(version: &str) -> Option<u32> {
    let parsed = GoVersion::parse(version.split(['-', '+']).next()?)?;
    match (parsed.major, parsed.minor) {
        (1, minor @ 20..) => Some(minor),
        (1, minor @ 3..=9) => Some(minor + 10),
        _ => None,
    }
}

fn finding(tool: &Tool, reason: &Reason, go: &GoVersion) -> Finding {
    let built = tool.built_with().map(|built| built.to_string()).unwrap_or_default();
    let version = tool.version();
    let (summary, says) = match reason {
        Reason::KnowsUpTo(newest) => (
            format!("Delve {} knows Go up to 1.{newest}, and {go} builds here", version.unwrap_or_default()),
            format!("Version of Delve is too old for Go version {go} (maximum supported version 1.{newest}, …)"),
        ),
        Reason::NoDwarf5 => (
            format!("Delve was built with {built} and cannot read what {go} builds"),
            "To debug executables using DWARFv5 or later Delve must be built with Go version 1.25.0 or later"
                .to_owned(),
        ),
        Reason::BuiltLongAgo => (
            format!("Delve was built with {built} and is too old for {go}"),
            format!("Version of Delve is too old for Go version {go} (maximum supported version …)"),
        ),
    };
    let seen = version
        .map_or_else(|| format!("built with {built}"), |version| format!("version {version}, built with {built}"));
    Finding::new(&tool.title, Severity::Warning, summary)
        .seen_in(tool.contexts())
        .about("dlv")
        .detail(format!("A debug session ends, or goes on with warnings and odd values. Delve says: {says}."))
        .evidence(Evidence::new(&tool.title, seen).expected(format!("built with go1.{} or newer", go.minor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_delve_tells_the_newest_go() {
        for (version, newest) in [
            ("1.20.2", Some(20)),
            ("1.24.1", Some(24)),
            ("1.9.1", Some(19)),
            ("1.25.3-0.20251001", Some(25)),
            ("0.0.0-2023", None),
            ("x", None),
        ] {
            assert_eq!(knows_up_to(version), newest, "{version}");
        }
    }
}
