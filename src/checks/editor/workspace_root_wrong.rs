//! The editor was opened above several modules, and its gopls takes one.

use crate::checks::Check;
use crate::checks::remedy::{listed, rebuild_tool};
use crate::model::{Class, Evidence, Finding, Fix, GoVersion, Layer, Missing, Outcome, Severity, Step};
use crate::probes::editor::{EditorUse, Looker, OpenedFolder, Outside, Tool, ToolName, Tools};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::project::GoWork;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "workspace-root-wrong",
    layer: Layer::Editor,
    title: "gopls finds the modules of the opened folder",
    impact: "The editor does not understand the project's Go code",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("editor/workspace-root-wrong"),
    rule: rule!(judge(EditorUse, OpenedFolder, GoWork, Toolchains, Settings, Tools)),
};

/// The first release of gopls that finds the module of each file by itself.
const FINDS_MODULES: (u32, u32) = (0, 15);

/// The first Go that knows go.work.
const WORKSPACES: (u32, u32) = (1, 18);

fn judge(
    editors: &EditorUse,
    opened: &OpenedFolder,
    work: &GoWork,
    toolchains: &Toolchains,
    settings: &Settings,
    tools: &Tools,
) -> Outcome {
    if editors.for_go().next().is_none() {
        return Outcome::skipped("no editor is set up for Go");
    }
    let Some(outside) = &opened.outside else {
        return Outcome::skipped("no editor was opened on a folder outside of a module");
    };
    // An old gopls takes a single module below; GOWORK may name a workspace.
    if outside.modules.len() < 2 || work.found.is_some() {
        return Outcome::Passed;
    }
    let is_editors = |tool: &&Tool| tool.used_by.iter().any(|looker| matches!(looker, Looker::Extension(_)));
    let mut unknown: Option<Missing> = None;
    for tool in tools.in_use(ToolName::Gopls).filter(is_editors) {
        match tool.release() {
            Some(release) if release < FINDS_MODULES => return finding(outside, tool, toolchains, settings).into(),
            Some(_) => {}
            None => unknown = Some(Missing::failed(format!("{} does not say its version", tool.title))),
        }
    }
    unknown.map_or(Outcome::Passed, Outcome::from)
}

fn finding(outside: &Outside, tool: &Tool, toolchains: &Toolchains, settings: &Settings) -> Finding {
    let count = outside.modules.len();
    let version = tool.version().unwrap_or_default();
    let modules: Vec<String> = outside.modules.iter().map(|module| module.folder.display().to_string()).collect();
    Finding::new(
        &outside.name,
        Severity::Warning,
        format!("{} was opened above {count} modules, and gopls {version} takes one only", outside.name),
    )
    .detail(
        "gopls reports: You are outside of a module and outside of $GOPATH/src, or: gopls requires a module at the root of your workspace. Since 0.15 it finds the module of each file by itself.",
    )
    .about("gopls")
    .evidence(Evidence::new(&outside.mark, "shows that an editor was opened here"))
    .evidence(Evidence::new(&outside.name, format!("modules below: {}; no go.work", listed(&modules))))
    .evidence(tool.evidence().expected("0.15 or later"))
    .fixes(rebuild_tool(tool, None, toolchains, settings))
    .fixes(make_workspace(outside))
}

/// A go.work that names the modules. None where a Go before it is asked for.
fn make_workspace(outside: &Outside) -> Option<Fix> {
    let oldest = outside.modules.iter().filter_map(|module| module.go.clone()).max();
    let go = oldest.filter(|go| go.language() >= WORKSPACES).unwrap_or_else(|| GoVersion::release(1, 18, 0));
    let folders: Option<Vec<&str>> = outside.modules.iter().map(|module| module.folder.to_str()).collect();
    // A name with a blank or a quote would have to be quoted.
    let plain = |folder: &&str| folder.chars().all(|c| c.is_alphanumeric() || "/._-+@".contains(c));
    let folders = folders.filter(|folders| folders.iter().all(plain))?;
    let go = if go.language() == WORKSPACES { "1.18" } else { go.bare() };
    let uses: String = folders.iter().map(|folder| format!("\t./{folder}\n")).collect();
    let content = format!("go {go}\n\nuse (\n{uses})\n");
    let step = Step::WriteFile { path: outside.path.join("go.work"), content, mode: 0o644 };
    let title = format!("Make one workspace of them: {}/go.work", outside.name);
    Some(Fix::new(title, Class::Review, vec![step]).awaits("a reload of the editor window"))
}
