//! Settings of VS Code for Windows that reach its server in WSL.

use std::path::Path;

use serde_json::{Value, json};

use crate::checks::Check;
use crate::model::{Class, Edit, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::editor::{EditorOnWindows, EditorSetting, EditorsOnWindows};
use crate::probes::go::Toolchains;
use crate::probes::wsl::Drives;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-vscode-settings-leak",
    layer: Layer::Wsl,
    title: "Settings of VS Code on Windows do not reach into WSL",
    impact: "The editor finds no Go here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("wsl/wsl-vscode-settings-leak"),
    rule: rule!(judge(EditorsOnWindows, Toolchains, Drives)),
};

fn judge(editors: &EditorsOnWindows, toolchains: &Toolchains, drives: &Drives) -> Outcome {
    if editors.found.is_empty() {
        return Outcome::skipped("no editor on Windows has a server here");
    }
    // One of Linux, though another may stand before it.
    let is_of_linux = |path: &&Path| drives.holding(path).is_none();
    let on_path = toolchains.in_use().into_iter().flat_map(|(context, _)| toolchains.on_path(context));
    let go = on_path.map(|go| go.real.as_path()).find(is_of_linux);
    let of_editor = |editor: &EditorOnWindows| {
        editor.leaks().iter().map(|setting| finding(editor, setting, go)).collect::<Vec<_>>()
    };
    let findings: Vec<Finding> = editors.found.iter().flat_map(of_editor).collect();
    Outcome::of(findings).or_unknown(editors.found.iter().find_map(EditorOnWindows::problem))
}

fn finding(editor: &EditorOnWindows, setting: &EditorSetting, go: Option<&Path>) -> Finding {
    let name = setting.name();
    let severity = match name.as_str() {
        "go.alternateTools.go" | "go.toolsEnvVars.GOROOT" | "go.toolsEnvVars.PATH" => Severity::Error,
        _ => Severity::Warning,
    };
    let detail = if name.starts_with("go.alternateTools") {
        "The server in WSL takes this setting over from Windows. The path is none of Linux, so it is taken for the \
         name of a command, and the tool is looked for elsewhere or not found."
    } else {
        "The server in WSL takes this setting over from Windows, and hands it to every Go tool: go: cannot find \
         GOROOT directory."
    };
    let mut finding =
        Finding::new(name.as_str(), severity, format!("{name} of Windows reaches into WSL: {}", setting.text))
            .detail(detail)
            .evidence(setting.evidence().expected("a path of Linux in WSL"));
    finding = finding.fixes(override_here(editor, setting, go));
    finding.fix(Fix::manual(
        "Take it out of the settings on Windows",
        "In VS Code: Preferences, Open User Settings (JSON). Projects that are built on Windows may need it.",
        None,
    ))
}

/// A value of its own for the server wins over that of Windows.
fn override_here(editor: &EditorOnWindows, setting: &EditorSetting, go: Option<&Path>) -> Option<Fix> {
    let keys = setting.keys.clone();
    let value = match keys.last().map(String::as_str) {
        Some("go") => go?.display().to_string(),
        // Empty means none to Go.
        Some("GOROOT" | "GOPATH" | "GOBIN" | "GOMODCACHE") => String::new(),
        _ => return None,
    };
    let (path, there) = &editor.machine_settings;
    let step = match there {
        Some(_) => Step::EditFile {
            path: path.clone(),
            edits: vec![Edit::SetJson { keys: keys.clone(), value: value.clone().into() }],
        },
        None => {
            let inner = keys.iter().rev().fold(Value::from(value.clone()), |inner, key| json!({ key.as_str(): inner }));
            Step::WriteFile { path: path.clone(), content: format!("{inner:#}\n"), mode: 0o644 }
        }
    };
    let title = format!("Set {} to {:?} for WSL", setting.name(), value);
    Some(Fix::new(title, Class::Review, vec![step]).awaits("a reload of the editor window"))
}
