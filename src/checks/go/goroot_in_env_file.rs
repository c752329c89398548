//! The GOENV file keeps a GOROOT.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{GoCommand, Goroot, Goroots, Setting, SettingOrigin, Settings, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goroot-in-env-file",
    layer: Layer::Go,
    title: "Go's settings file keeps no GOROOT",
    impact: "Go cannot build here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("go/goroot-in-env-file"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Goroots, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, goroots: &Goroots, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown = None;
    for (setting, contexts) in kept(settings) {
        let reigns: Vec<Context> = contexts
            .iter()
            .copied()
            .filter(|context| settings.view(*context).and_then(|view| view.get("GOROOT")).as_ref() == Some(&setting))
            .collect();
        let breaks: Result<Vec<Context>, Missing> = reigns
            .iter()
            .copied()
            .filter_map(|context| match harm(&setting, toolchains.active(context), goroots) {
                Ok(true) => Some(Ok(context)),
                Ok(false) => None,
                Err(missing) => Some(Err(missing)),
            })
            .collect();
        match breaks {
            Ok(hit) if !hit.is_empty() => findings.push(finding(&setting, hit, Effect::Breaks, settings, rc)),
            Ok(_) if reigns.is_empty() => findings.push(finding(&setting, contexts, Effect::Hidden, settings, rc)),
            Ok(_) => findings.push(finding(&setting, contexts, Effect::Fits, settings, rc)),
            Err(missing) => unknown = Some(missing),
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

/// What the line does.
enum Effect {
    /// No build works.
    Breaks,
    /// It names the Go in use.
    Fits,
    /// The environment sets another GOROOT.
    Hidden,
}

/// The GOROOT lines of the GOENV files, with the contexts that use the file.
fn kept(settings: &Settings) -> Vec<(Setting, Vec<Context>)> {
    let mut kept: Vec<(Setting, Vec<Context>)> = Vec::new();
    for (context, view) in settings.views() {
        let Some(setting) = view.in_file("GOROOT") else { continue };
        match kept.iter_mut().find(|(known, _)| *known == setting) {
            Some((_, contexts)) => contexts.push(context),
            None => kept.push((setting, vec![context])),
        }
    }
    kept
}

/// True when no build works with it.
fn harm(setting: &Setting, go: Option<&GoCommand>, goroots: &Goroots) -> Result<bool, Missing> {
    match goroots.at(&setting.value) {
        Some(Goroot::Nothing | Goroot::NotGo) => Ok(true),
        Some(Goroot::Go { version, .. }) => {
            let ours = go.and_then(|go| go.version.as_ref());
            Ok(matches!((ours, version), (Some(ours), Some(theirs)) if ours != theirs))
        }
        Some(Goroot::Unknown(missing)) => Err(missing.clone()),
        None => Ok(false),
    }
}

fn finding(setting: &Setting, contexts: Vec<Context>, effect: Effect, settings: &Settings, rc: &RcFiles) -> Finding {
    let (evidence, _) = settings.trace("GOROOT", setting, &contexts, rc);
    let file = match &setting.origin {
        SettingOrigin::File { name, .. } => name.as_str(),
        _ => "the GOENV file",
    };
    let value = &setting.value;
    let (severity, summary, effect) = match effect {
        Effect::Breaks => (
            Severity::Error,
            format!("{file} keeps a GOROOT that breaks the go in use: {value}"),
            "It wins over what Go knows of itself, and every build fails.",
        ),
        Effect::Hidden => (
            Severity::Warning,
            format!("{file} keeps a GOROOT that only another GOROOT hides: {value}"),
            "It counts wherever the environment has no GOROOT, such as for an editor that was not started from a terminal.",
        ),
        Effect::Fits => (
            Severity::Warning,
            format!("{file} keeps a GOROOT, which fits one Go only: {value}"),
            "It is right for now, and breaks every other Go that reads this file: the next one to be installed, or one that a project asks for.",
        ),
    };
    Finding::new(value, severity, summary)
        .detail(format!(
            "{effect} From Go 1.27 on, go env -u does not remove the line: go: GOROOT cannot be modified. Where the folder is gone, the older ones end too with: go: cannot find GOROOT directory: {value}."
        ))
        .seen_in(contexts)
        .about("GOROOT")
        .evidence(evidence.expected("no GOROOT: Go finds its own"))
        .fix(remedy::unset("GOROOT", setting, None, "Go finds its own"))
}
