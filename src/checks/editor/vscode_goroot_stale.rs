//! An editor's setting pins a Go that is gone, or another one than PATH has.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Edit, Evidence, Finding, Fix, GoVersion, Layer, Missing, Outcome, Severity, Step};
use crate::probes::editor::{Pin, Pinned, PinnedGo, Scope};
use crate::probes::go::{GoCommand, Toolchains};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "vscode-goroot-stale",
    layer: Layer::Editor,
    title: "The Go that editor settings pin is the one in use",
    impact: "The editor does not find Go",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("editor/vscode-goroot-stale"),
    rule: rule!(judge(PinnedGo, Toolchains)),
};

/// What an editor waits for after its settings were changed by others.
const RELOAD: &str = "the editor's window to be reloaded";

fn judge(pinned: &PinnedGo, toolchains: &Toolchains) -> Outcome {
    if !pinned.used {
        return Outcome::skipped("no editor of the VS Code family is used here");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = pinned.problem.clone();
    // The editor starts from what a fresh shell gives, unless it runs already.
    let order = [Context::Editor, Context::Interactive, Context::Login, Context::Session];
    let on_path = order.into_iter().find_map(|context| toolchains.active(context));
    for pin in &pinned.pins {
        match &pin.leads_to {
            Pinned::Nothing => findings.push(gone(pin, "names nothing", on_path)),
            Pinned::NotGo => findings.push(gone(pin, "names no Go", on_path)),
            Pinned::Go(Some(version)) => findings.extend(differs(pin, version, on_path)),
            Pinned::Go(None) => {
                unknown = Some(Missing::failed(format!(
                    "{}: {} does not say its version",
                    pin.setting.place(),
                    pin.setting.text
                )));
            }
            Pinned::Unknown(missing) => unknown = Some(missing.clone()),
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ => findings.into(),
    }
}

fn gone(pin: &Pin, what: &str, on_path: Option<&GoCommand>) -> Finding {
    let name = pin.setting.name();
    let (severity, then) = match on_path {
        Some(go) => {
            (Severity::Warning, format!("The extension passes over it and takes {} from PATH.", go.version_title()))
        }
        None => (
            Severity::Error,
            format!(
                "The extension stops with: Failed to find the \"go\" binary in either GOROOT({}) or PATH.",
                pin.setting.text
            ),
        ),
    };
    finding(pin, severity, format!("{name} {what}: {}", pin.setting.text)).detail(then)
}

/// A pin to another version is a choice when the project makes it.
fn differs(pin: &Pin, version: &GoVersion, on_path: Option<&GoCommand>) -> Option<Finding> {
    let go = on_path?;
    let other = go.version.as_ref().filter(|other| *other != version)?;
    let shared = pin.setting.file.scope <= Scope::Workspace;
    let severity = if shared || other.language() == version.language() { Severity::Info } else { Severity::Warning };
    let found = finding(pin, severity, format!("{} pins {version}, and terminals have {other}", pin.setting.name()))
        .detail("What builds in a terminal can fail in the editor, and the other way round: language, standard library and tools differ.")
        .evidence(Evidence::new(go.path.display().to_string(), other.to_string()));
    Some(found)
}

fn finding(pin: &Pin, severity: Severity, summary: String) -> Finding {
    let setting = &pin.setting;
    let editors = remedy::listed(&pin.editors);
    Finding::new(format!("{}:{}", setting.file.name, setting.name()), severity, summary)
        .about("go")
        .evidence(
            Evidence::new(setting.place(), format!("\"{}\": \"{}\" ({editors})", setting.name(), setting.text))
                .expected("no such setting: the extension finds Go on PATH"),
        )
        .fix(remove(pin))
}

fn remove(pin: &Pin) -> Fix {
    let setting = &pin.setting;
    // Settings of the project are shared with others.
    let class = if setting.file.scope <= Scope::Workspace { Class::Review } else { Class::Safe };
    let step = Step::EditFile {
        path: setting.file.path.clone(),
        edits: vec![Edit::RemoveJson { keys: setting.keys.clone() }],
    };
    Fix::new(format!("Remove {} from {}", setting.name(), setting.file.name), class, vec![step]).awaits(RELOAD)
}
