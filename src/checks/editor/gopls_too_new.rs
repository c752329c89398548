//! gopls needs a newer go command than there is.

use crate::checks::Check;
use crate::checks::remedy::{listed, rebuild_tool, reviewed, use_or_get_go};
use crate::model::{Class, Context, Evidence, Finding, GoVersion, Layer, Missing, Outcome, Severity};
use crate::probes::editor::{Tool, ToolName, Tools};
use crate::probes::go::{Installations, Selections, Settings, Toolchains};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopls-too-new",
    layer: Layer::Editor,
    title: "gopls works with the Go that is here",
    impact: "The editor cannot load Go packages",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["distro-go-env-defaults"],
    page: page!("editor/gopls-too-new"),
    rule: rule!(judge(Toolchains, Selections, Settings, Installations, Tools)),
};

fn judge(
    toolchains: &Toolchains,
    selections: &Selections,
    settings: &Settings,
    installations: &Installations,
    tools: &Tools,
) -> Outcome {
    if tools.in_use(ToolName::Gopls).next().is_none() {
        return Outcome::skipped("no gopls is there");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for tool in tools.in_use(ToolName::Gopls) {
        let Some((context, go)) = called(tool, toolchains, selections) else { continue };
        let Some(oldest) = tool.release().and_then(oldest_supported) else {
            // Only an old Go could be too old for a gopls of unknown age.
            if go.language() < NEWEST_LIMIT {
                let missing = tool.build.as_ref().err().cloned();
                unknown = Some(
                    missing.unwrap_or_else(|| Missing::failed(format!("{} does not say its version", tool.title))),
                );
            }
            continue;
        };
        if go.language() < oldest {
            let finding = finding(tool, context, &go, oldest, toolchains)
                .fixes(rebuild_tool(tool, None, toolchains, settings).map(reviewed))
                .fixes(use_or_get_go(
                    settings.machine(),
                    installations,
                    Some(&GoVersion::release(oldest.0, oldest.1, 0)),
                ));
            findings.push(finding);
        }
    }
    Outcome::of(findings).or_unknown(unknown)
}

/// The Go that this gopls calls, with a context in which it does.
fn called(tool: &Tool, toolchains: &Toolchains, selections: &Selections) -> Option<(Context, GoVersion)> {
    let has_go = |context: &Context| toolchains.active(*context).is_some();
    let context = tool.contexts().into_iter().find(has_go);
    let context = context.or_else(|| toolchains.in_use().map(|(context, _)| context))?;
    Some((context, selections.builds(context, toolchains)?))
}

/// The newest of the limits below: a Go as new as this is never too old.
const NEWEST_LIMIT: (u32, u32) = (1, 21);

/// The oldest go command that a release of gopls works with: what its package
/// internal/util/goversion has. None for releases from before there was one.
fn oldest_supported(release: (u32, u32)) -> Option<(u32, u32)> {
    match release {
        (0, ..=10) => Some((1, 13)),
        (0, 11..=12) => Some((1, 16)),
        (0, 13..=15) => Some((1, 18)),
        (0, 16) => Some((1, 19)),
        _ => Some(NEWEST_LIMIT),
    }
}

fn finding(tool: &Tool, context: Context, go: &GoVersion, oldest: (u32, u32), toolchains: &Toolchains) -> Finding {
    let (major, minor) = oldest;
    let version = tool.version().unwrap_or_default();
    let command = toolchains.active(context).map(|command| command.path.display().to_string()).unwrap_or_default();
    Finding::new(
        &tool.title,
        Severity::Warning,
        format!("gopls {version} needs Go {major}.{minor} or later, and the Go here is {go}"),
    )
    .detail(format!(
        "Used by {}. It greets with: Found Go version {}.{}, which is not supported by this version of gopls; packages may not load at all.",
        listed(&tool.users()),
        go.language().0,
        go.language().1,
    ))
    .seen_in(tool.contexts())
    .about("gopls")
    .evidence(tool.evidence())
    .evidence(Evidence::new(command, go.to_string()).expected(format!("go{major}.{minor} or later")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_say_which_go_they_call() {
        for (release, oldest) in [((0, 9), (1, 13)), ((0, 15), (1, 18)), ((0, 16), (1, 19)), ((0, 23), (1, 21))] {
            assert_eq!(oldest_supported(release), Some(oldest), "{release:?}");
            assert!(oldest <= NEWEST_LIMIT);
        }
    }
}
