//! Delve is too old for the Go that builds what it debugs.

use crate::checks::Check;
use crate::checks::remedy::{listed, rebuild_tool};
use crate::model::{Class, Context, Finding, GoVersion, Layer, Missing, Outcome, Severity};
use crate::probes::editor::{Tool, ToolName, Tools};
use crate::probes::go::{Selections, Settings, Toolchains};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dlv-stale",
    layer: Layer::Editor,
    title: "Delve can debug what this Go builds",
    impact: "Debugging does not start",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("editor/dlv-stale"),
    rule: rule!(judge(Toolchains, Selections, Settings, Tools)),
};

/// Since this Go, programs carry DWARF 5, which a Delve that an older Go built
/// cannot read.
const DWARF5: (u32, u32) = (1, 25);

fn judge(toolchains: &Toolchains, selections: &Selections, settings: &Settings, tools: &Tools) -> Outcome {
    if tools.in_use(ToolName::Delve).next().is_none() {
        return Outcome::skipped("no Delve is there");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for tool in tools.in_use(ToolName::Delve) {
        let has_go = |context: &Context| toolchains.active(*context).is_some();
        let context = tool.contexts().into_iter().find(has_go);
        let context = context.or_else(|| toolchains.in_use().map(|(context, _)| context));
        let Some(go) = context.and_then(|context| selections.builds(context, toolchains)) else { continue };
        match Age::of(tool, &go) {
            Ok(None) => {}
            Ok(Some(age)) => findings.push(finding(tool, &go, &age, toolchains, settings)),
            Err(missing) => unknown = Some(missing),
        }
    }
    Outcome::of(findings).or_unknown(unknown)
}

/// Why a Delve is too old.
enum Age {
    /// Its release knows Go up to this version.
    Release((u32, u32)),
    /// It does not say its release; the Go that built it is from long ago.
    Package(GoVersion),
    /// Its release is new, and the Go that built it is not.
    Build(GoVersion),
}

impl Age {
    /// Why it is too old for this Go; None when it is not.
    fn of(tool: &Tool, go: &GoVersion) -> Result<Option<Age>, Missing> {
        let built = tool.built_with()?;
        let newest = tool.version().and_then(newest_supported);
        if let Some(newest) = newest.filter(|newest| *newest < go.language()) {
            return Ok(Some(Age::Release(newest)));
        }
        if built.language() < DWARF5 && go.language() >= DWARF5 {
            return Ok(Some(if newest.is_some() { Age::Build(built) } else { Age::Package(built) }));
        }
        // A distribution's package does not say its version. It knows at
        // least the Go that built it.
        if newest.is_none() && built.language() < go.language() {
            return Err(Missing::failed(format!("{} does not say its version", tool.title)));
        }
        Ok(None)
    }

    /// What is wrong, and what Delve says.
    fn told(&self, tool: &Tool, go: &GoVersion) -> (String, String) {
        let too_old = format!("Version of Delve is too old for Go version {go}");
        match self {
            Age::Release((major, minor)) => (
                format!("Delve {} is too old for {go}", tool.version().unwrap_or_default()),
                format!("{too_old} (maximum supported version {major}.{minor})"),
            ),
            Age::Package(built) => (format!("Delve, built with {built}, is too old for {go}"), too_old),
            Age::Build(built) => (
                format!("Delve was built with {built} and cannot read what {go} builds"),
                "To debug executables using DWARFv5 or later Delve must be built with Go version 1.25.0 or later"
                    .into(),
            ),
        }
    }
}

/// The newest Go that a release of Delve takes: since 1.20 its own minor
/// number, and before ten more, so 1.9 takes Go 1.19.
fn newest_supported(version: &str) -> Option<(u32, u32)> {
    let (major, rest) = version.split_once('.')?;
    let minor: u32 = rest.split('.').next()?.parse().ok()?;
    match (major, minor) {
        ("1", 20..) => Some((1, minor)),
        ("1", 0..10) => Some((1, minor + 10)),
        _ => None,
    }
}

fn finding(tool: &Tool, go: &GoVersion, age: &Age, toolchains: &Toolchains, settings: &Settings) -> Finding {
    let own = toolchains.in_use().and_then(|(_, own)| own.version.as_ref());
    // The Go on PATH may be older than the one that the project makes it fetch.
    let with = own.filter(|own| own.language() < go.language()).map(|_| go);
    let (summary, says) = age.told(tool, go);
    Finding::new(&tool.title, Severity::Warning, summary)
        .detail(format!("Used by {}. Debugging ends with: {says}.", listed(&tool.users())))
        .seen_in(tool.contexts())
        .about("dlv")
        .evidence(tool.evidence())
        .fixes(rebuild_tool(tool, with, toolchains, settings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_say_which_go_they_take() {
        assert_eq!(newest_supported("1.20.2"), Some((1, 20)));
        assert_eq!(newest_supported("1.9.1"), Some((1, 19)));
        assert_eq!(newest_supported("1.26.0-rc.1"), Some((1, 26)));
        assert_eq!(newest_supported("0.0.0-20250101000000-abcdef"), None);
        assert_eq!(newest_supported("1.x"), None);
    }
}
