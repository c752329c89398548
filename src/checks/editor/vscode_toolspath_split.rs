//! VS Code and the terminal run different copies of a Go tool.

use crate::checks::Check;
use crate::checks::remedy::{listed, rebuild_tool};
use crate::model::{Class, Context, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::editor::{EditorUse, Looker, Tool, ToolName, Tools, VscodeSettings};
use crate::probes::go::{Settings, Toolchains};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "vscode-toolspath-split",
    layer: Layer::Editor,
    title: "VS Code and the terminal run the same Go tools",
    impact: "A tool that was updated in one place is old in the other",
    severity: Severity::Info,
    class: Some(Class::Review),
    causes: &["gobin-not-on-path"],
    page: page!("editor/vscode-toolspath-split"),
    rule: rule!(judge(EditorUse, VscodeSettings, Toolchains, Settings, Tools)),
};

fn judge(
    editors: &EditorUse,
    files: &VscodeSettings,
    toolchains: &Toolchains,
    settings: &Settings,
    tools: &Tools,
) -> Outcome {
    let names: Vec<&str> = editors.for_go().map(|(editor, _)| editor.name).collect();
    let is_editors = |tool: &&Tool| {
        tool.used_by.iter().any(|looker| matches!(looker, Looker::Extension(name) if names.contains(name)))
    };
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    let mut compared = false;
    for name in ToolName::ALL {
        let in_terminal = tools.in_use(name).find(|tool| is_of_terminal(tool));
        let in_editor = tools.in_use(name).find(is_editors);
        let (Some(editors), Some(terminal)) = (in_editor, in_terminal) else { continue };
        compared = true;
        if editors.real() == terminal.real() {
            continue;
        }
        match (editors.version(), terminal.version()) {
            (Some(one), Some(other)) if one == other => {}
            (Some(_), Some(_)) => findings.push(finding(editors, terminal, files, toolchains, settings)),
            _ => {
                let silent = if editors.version().is_none() { editors } else { terminal };
                unknown = Some(Missing::failed(format!("{} does not say its version", silent.title)));
            }
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ if !compared => Outcome::skipped("no tool is used by both VS Code and a terminal"),
        _ => findings.into(),
    }
}

fn is_of_terminal(tool: &Tool) -> bool {
    tool.used_by.iter().any(|looker| matches!(looker, Looker::Path(Context::Session | Context::Interactive)))
}

fn finding(
    editors: &Tool,
    terminal: &Tool,
    files: &VscodeSettings,
    toolchains: &Toolchains,
    settings: &Settings,
) -> Finding {
    let command = editors.name.command();
    let version = |tool: &Tool| tool.version().unwrap_or_default().to_owned();
    let users = |tool: &Tool, wanted: fn(&Looker) -> bool| {
        let users: Vec<&str> =
            tool.used_by.iter().filter(|looker| wanted(looker)).filter_map(|looker| looker.title()).collect();
        listed(&users)
    };
    let who = users(editors, |looker| matches!(looker, Looker::Extension(_)));
    let (older, newer) = if editors.release() < terminal.release() { (editors, terminal) } else { (terminal, editors) };
    let folder = files.chains.iter().find_map(|chain| chain.get(&["go.toolsGopath"]));
    Finding::new(
        command,
        Severity::Info,
        format!("{who} runs {command} {}, the terminal {command} {}", version(editors), version(terminal)),
    )
    .detail("Each is found in a place of its own; go install updates one of them only.")
    .seen_in(terminal.contexts())
    .about(command)
    .evidence(editors.evidence())
    .evidence(terminal.evidence())
    .evidences(folder.map(|setting| setting.evidence()))
    .fixes(if older.title.starts_with("~/") {
        rebuild_tool(older, None, toolchains, settings)
    } else {
        // A copy of the system stays where it is.
        let text = format!("Or remove {}, if nothing else needs it.", older.title);
        Some(Fix::manual(format!("Let the folder of {} come first on PATH", newer.title), text, None))
    })
}
