//! An editor is set up for Go and finds no gopls.

use crate::checks::Check;
use crate::checks::remedy::{install_tool, listed};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::editor::{Editor, EditorKind, EditorUse, Looker, ToolName, Tools, VscodeSettings};
use crate::probes::go::Toolchains;
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopls-missing",
    layer: Layer::Editor,
    title: "Editors for Go find gopls",
    impact: "The editor neither completes nor checks Go code",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["go-missing", "go-not-on-path", "gobin-not-on-path"],
    page: page!("editor/gopls-missing"),
    rule: rule!(judge(Contexts, EditorUse, VscodeSettings, Toolchains, Tools)),
};

fn judge(
    shells: &Contexts,
    editors: &EditorUse,
    settings: &VscodeSettings,
    toolchains: &Toolchains,
    tools: &Tools,
) -> Outcome {
    let is_off = |editor: &Editor| {
        settings.chains.iter().any(|chain| chain.editor == editor.name && chain.is_off("go.useLanguageServer"))
    };
    let mut for_go = editors.for_go().filter(|(editor, _)| !is_off(editor)).peekable();
    if for_go.peek().is_none() {
        return Outcome::skipped("no editor is set up for Go");
    }
    let without: Vec<(&Editor, &Evidence)> = for_go.filter(|(editor, _)| !finds(editor, tools)).collect();
    if without.is_empty() {
        return Outcome::Passed;
    }
    // A shell that could not be asked may have it on its PATH.
    if shells.unknown().next().is_some() {
        return shells.outcome(Vec::new());
    }
    let names: Vec<&str> = without.iter().map(|(editor, _)| editor.name).collect();
    let editors = listed(&names);
    let (are, look, find) = if names.len() == 1 { ("is", "it looks", "finds") } else { ("are", "they look", "find") };
    let by_extension = without.iter().all(|(editor, _)| editor.kind == EditorKind::VsCode);
    let elsewhere = tools.of(ToolName::Gopls).find(|tool| tool.used_by == [Looker::Nobody]);
    let mut finding = Finding::new("gopls", Severity::Warning, format!("{editors} {find} no gopls"))
        .detail(format!(
            "{editors} {are} set up for Go, but where {look} for the language server there is none, so there is no completion, no jump to a definition and no error while typing."
        ))
        .about("gopls")
        .evidences(without.iter().map(|(_, evidence)| (*evidence).clone()))
        .evidence(Evidence::new("gopls", if by_extension { "not in GOBIN, below GOPATH or on PATH" } else { "on no folder of PATH" }));
    if let Some(tool) = elsewhere {
        let folder = tool.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let text = format!("gopls is there already, as {}. Add its folder in the file where PATH is set.", tool.title);
        finding = finding.evidence(tool.evidence()).fix(Fix::manual(format!("Put {folder} on PATH"), text, None));
    } else if toolchains.in_use().is_some() {
        finding = finding.fix(install_tool("Install gopls", ToolName::Gopls, None));
    }
    finding.into()
}

/// VS Code's extension has its own places; all others take what PATH has in
/// the terminal they are started from.
fn finds(editor: &Editor, tools: &Tools) -> bool {
    tools.in_use(ToolName::Gopls).flat_map(|tool| &tool.used_by).any(|looker| match (editor.kind, looker) {
        (EditorKind::VsCode, Looker::Extension(name)) => *name == editor.name,
        (EditorKind::Terminal, Looker::Path(Context::Session | Context::Interactive) | Looker::Plugin(_)) => true,
        _ => false,
    })
}
