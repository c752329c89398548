//! No gopls where the editors look.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::editor::{Editor, EditorKind, EditorUse, Looker, Tool, ToolName, Tools};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopls-missing",
    layer: Layer::Editor,
    title: "The editors find gopls",
    impact: "The editor knows nothing of Go",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["gobin-not-on-path"],
    page: page!("editor/gopls-missing"),
    rule: rule!(judge(Contexts, EditorUse, Tools, Toolchains, Settings)),
};

fn judge(
    shells: &Contexts,
    editors: &EditorUse,
    tools: &Tools,
    toolchains: &Toolchains,
    settings: &Settings,
) -> Outcome {
    if editors.editors.is_empty() {
        return Outcome::skipped("no editor is set up here");
    }
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let set_up: Vec<(&Editor, &Evidence)> = editors.for_go().collect();
    if set_up.is_empty() {
        return match tools.of(ToolName::Gopls).next() {
            Some(_) => Outcome::Passed,
            None => shells.outcome(vec![not_set_up(editors, toolchains, settings)]),
        };
    }
    let without: Vec<(&Editor, &Evidence)> = set_up.into_iter().filter(|(editor, _)| !finds(editor, tools)).collect();
    shells.outcome(if without.is_empty() { Vec::new() } else { vec![finding(&without, tools, toolchains, settings)] })
}

/// True when the editor's own look-up ends at a gopls.
fn finds(editor: &Editor, tools: &Tools) -> bool {
    tools.of(ToolName::Gopls).flat_map(|tool| &tool.used_by).any(|looker| match (editor.kind, looker) {
        (EditorKind::VsCode, Looker::Extension(name)) => *name == editor.name,
        (EditorKind::Terminal, Looker::Path(_) | Looker::Plugin(_)) => true,
        _ => false,
    })
}

fn finding(without: &[(&Editor, &Evidence)], tools: &Tools, toolchains: &Toolchains, settings: &Settings) -> Finding {
    let names: Vec<&str> = without.iter().map(|(editor, _)| editor.name).collect();
    let (look, is) = if names.len() == 1 { ("looks", "is") } else { ("look", "are") };
    let names = remedy::listed(&names);
    let lying: Option<&Tool> = tools.of(ToolName::Gopls).next();
    let base = match lying {
        Some(tool) => Finding::new(
            "gopls",
            Severity::Warning,
            format!("{names} {look} for gopls on PATH, and it is in {}", folder(tool)),
        )
        .detail("Without gopls there is no completion, no jump to definitions and no errors while typing.")
        .seen_in([Context::Interactive])
        .evidence(Evidence::new(&tool.title, "not on the PATH of any shell"))
        .explained_by(&["gobin-not-on-path"]),
        None => Finding::new(
            "gopls",
            Severity::Warning,
            format!("{names} {is} set up for Go, and gopls is not installed"),
        )
        .detail(
            "gopls is the language server: without it there is no completion, no jump to definitions and no errors \
                 while typing.",
        )
        .explained_by(&[])
        .fixes(remedy::install_tool(ToolName::Gopls, toolchains, settings)),
    };
    base.about("gopls").evidences(without.iter().map(|(_, evidence)| (*evidence).clone()))
}

fn folder(tool: &Tool) -> &str {
    tool.title.rsplit_once('/').map_or(tool.title.as_str(), |(folder, _)| folder)
}

/// Nobody asks for gopls yet: worth knowing for a newcomer.
fn not_set_up(editors: &EditorUse, toolchains: &Toolchains, settings: &Settings) -> Finding {
    let names: Vec<&str> = editors.editors.iter().map(|editor| editor.name).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    Finding::new(
        "gopls",
        Severity::Info,
        format!("{} {is} not set up for Go, and gopls is not installed", remedy::listed(&names)),
    )
    .about("gopls")
    .detail("Editors get completion, jumps and errors for Go from gopls, through a plugin or extension for Go.")
    .evidences(editors.editors.iter().map(|editor| Evidence::new(editor.name, "no sign of Go in its configuration")))
    .fixes(remedy::install_tool(ToolName::Gopls, toolchains, settings))
}
