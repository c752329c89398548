//! VS Code's settings give Go other settings than the terminal has.

use crate::checks::Check;
use crate::checks::remedy::{listed, remove_setting, reviewed};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity, mask};
use crate::probes::editor::{EditorOverride, EditorOverrides, EditorUse, Receiver, Scope};
use crate::probes::go::{GoCommand, SettingOrigin, Settings, Toolchains, View};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "vscode-env-overrides",
    layer: Layer::Editor,
    title: "Go has the same settings in VS Code and in the terminal",
    impact: "What works in the terminal fails in the editor, or the other way round",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("editor/vscode-env-overrides"),
    rule: rule!(judge(EditorUse, EditorOverrides, Toolchains, Settings)),
};

fn judge(editors: &EditorUse, overrides: &EditorOverrides, toolchains: &Toolchains, settings: &Settings) -> Outcome {
    if editors.for_go().next().is_none() {
        return Outcome::skipped("no editor is set up for Go");
    }
    // A session inside the editor's own terminal has the settings already.
    let fresh = settings.view(Context::Interactive).map(|view| (Context::Interactive, view));
    let Some((context, view)) = fresh.or_else(|| settings.in_use(toolchains)) else {
        return Outcome::skipped("no terminal is there to compare with");
    };
    let terminal = Terminal { context, view, go: toolchains.active(context) };
    // Without the Go extension, nobody reads these settings.
    let is_read = |found: &&EditorOverride| editors.for_go().any(|(editor, _)| found.editors.contains(&editor.name));
    let findings: Vec<Finding> =
        overrides.found.iter().filter(is_read).filter_map(|found| terminal.finding(found)).collect();
    Outcome::of(findings).or_unknown(overrides.problem.as_ref())
}

/// What Go has in a terminal.
struct Terminal<'a> {
    context: Context,
    view: &'a View,
    go: Option<&'a GoCommand>,
}

impl Terminal<'_> {
    /// None when it makes no difference.
    fn finding(&self, found: &EditorOverride) -> Option<Finding> {
        let name = found.name;
        let ours = self.view.get(name);
        // The start files of the terminal's shell have the last word in it.
        let is_overruled = found.receiver == Receiver::Terminal
            && ours.as_ref().is_some_and(|setting| setting.origin == SettingOrigin::Environment);
        let value = ours.as_ref().map_or_else(|| self.view.value(name), |setting| setting.value.clone());
        if is_overruled || plain(name, &found.value) == plain(name, &value) {
            return None;
        }
        let other_go = found.name == "GOROOT" && self.is_other_go(found);
        let severity = match (found.receiver, found.setting.file.scope) {
            (Receiver::Tools, _) if other_go => Severity::Error,
            (_, Scope::User | Scope::Remote | Scope::Windows) => Severity::Warning,
            // Somebody decided it for this project; it is worth to know.
            (_, Scope::Folder | Scope::Workspace) => Severity::Info,
        };
        let told = mask(&value);
        let who = match found.receiver {
            Receiver::Tools => listed(&found.editors),
            Receiver::Terminal => format!("the terminal inside {}", listed(&found.editors)),
        };
        let finding = Finding::new(
            format!("{}:{}", found.setting.file.name, found.setting.name()),
            severity,
            format!("{name} is {} in {who} only", short(&mask(&found.value))),
        )
        .detail(self.detail(found, other_go))
        .about(name)
        .evidence(found.setting.evidence());
        let seen = match &ours {
            Some(setting) => match &setting.origin {
                SettingOrigin::File { name: file, line, .. } | SettingOrigin::Goroot { name: file, line } => {
                    Evidence::new(format!("{file}:{line}"), format!("{name}={told}"))
                }
                SettingOrigin::Environment | SettingOrigin::Default => {
                    Evidence::new(format!("environment of {}", self.context.title()), format!("{name}={told}"))
                }
            },
            None if value.is_empty() => Evidence::new("a terminal", format!("{name} is not set")),
            None => Evidence::new("Go's default", format!("{name}={told}")),
        };
        Some(finding.evidence(seen).fix(reviewed(remove_setting(&found.setting))))
    }

    /// True when GOROOT names nothing, or another Go than the one that runs.
    fn is_other_go(&self, found: &EditorOverride) -> bool {
        let ours = self.go.and_then(|go| go.version.as_ref());
        found.root.is_none() || ours.is_some_and(|ours| found.root.as_ref() != Some(ours))
    }

    fn detail(&self, found: &EditorOverride, other_go: bool) -> String {
        match found.receiver {
            Receiver::Terminal => {
                "Commands in that terminal run with the one, the Go extension and other terminals with the other.".into()
            }
            Receiver::Tools if other_go => match (&found.root, self.go) {
                (Some(root), Some(go)) => format!(
                    "gopls, builds and tests of the editor run {} with the files of {root}; every package fails with: compile: version does not match go tool version.",
                    go.version_title()
                ),
                _ => "No Go is there. gopls, builds and tests of the editor end with: go: cannot find GOROOT directory.".into(),
            },
            Receiver::Tools => match found.name {
                "GOOS" | "GOARCH" | "GOAMD64" => "The editor checks the files of that target, and what it builds for a test or for debugging does not run here.".into(),
                "GOPATH" | "GOMODCACHE" | "GOCACHE" | "GOBIN" => "The editor downloads, builds or installs there everything once more, and neither side finds what the other has.".into(),
                _ => "gopls, builds, tests and the debugger of the editor go by the one, the go command of a terminal by the other.".to_owned(),
            },
        }
    }
}

/// As much of a value as a summary has room for.
fn short(value: &str) -> String {
    match value.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// Characters.
const SHORT: usize = 40;

/// A value as it counts: two spellings of Go's default are one.
fn plain<'a>(name: &str, value: &'a str) -> &'a str {
    let value = value.trim();
    match (name, value) {
        ("GO111MODULE", "on") | ("CGO_ENABLED", "1") | ("GOWORK", "auto") => "",
        _ if value.len() > 1 => value.strip_suffix('/').unwrap_or(value),
        _ => value,
    }
}
