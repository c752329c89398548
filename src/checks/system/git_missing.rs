//! Modules are fetched with git, and there is no git.

use crate::checks::Check;
use crate::checks::remedy::{self, Package};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::{Setting, SettingOrigin, Settings, Toolchains, View};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::system::Commands;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "git-missing",
    layer: Layer::System,
    title: "git is there where Go fetches modules with it",
    impact: "Modules cannot be downloaded",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &["distro-go-env-defaults"],
    page: page!("system/git-missing"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Commands, RcFiles)),
};

fn judge(
    shells: &Contexts,
    settings: &Settings,
    toolchains: &Toolchains,
    commands: &Commands,
    rc: &RcFiles,
) -> Outcome {
    let mut asked: Vec<(&'static str, Setting, Vec<Context>)> = Vec::new();
    for (context, _) in toolchains.actives() {
        let Some((name, setting)) = settings.view(context).and_then(fetches_directly) else { continue };
        match asked.iter_mut().find(|(known, value, _)| *known == name && *value == setting) {
            Some((_, _, contexts)) => contexts.push(context),
            None => asked.push((name, setting, vec![context])),
        }
    }
    if asked.is_empty() {
        return match shells.outcome(Vec::new()) {
            Outcome::Passed => Outcome::skipped("Go calls git for no module here"),
            other => other,
        };
    }
    let findings = asked.into_iter().filter_map(|(name, setting, contexts)| {
        let without: Vec<Context> =
            contexts.into_iter().filter(|context| commands.find(*context, "git").is_none()).collect();
        (!without.is_empty()).then(|| finding(settings, rc, name, &setting, without))
    });
    shells.outcome(findings.collect())
}

/// The setting by which Go fetches some modules with git, when it does so
/// before it asks a proxy, or without.
fn fetches_directly(view: &View) -> Option<(&'static str, Setting)> {
    let goproxy = view.get("GOPROXY");
    if goproxy.as_ref().is_some_and(|setting| setting.value.trim() == "off") {
        return None;
    }
    let is_direct = |setting: &Setting| {
        let first = setting.value.split([',', '|']).map(str::trim).find(|entry| !entry.is_empty());
        first == Some("direct")
    };
    if let Some(setting) = goproxy.filter(is_direct) {
        return Some(("GOPROXY", setting));
    }
    // GONOPROXY stands for itself where it is set, also against GOPRIVATE.
    let name = if view.get("GONOPROXY").is_some() { "GONOPROXY" } else { "GOPRIVATE" };
    view.get(name).filter(|setting| setting.value != "none").map(|setting| (name, setting))
}

fn finding(
    settings: &Settings,
    rc: &RcFiles,
    name: &'static str,
    setting: &Setting,
    contexts: Vec<Context>,
) -> Finding {
    let (evidence, _) = settings.trace(name, setting, &contexts, rc);
    let which = if name == "GOPROXY" { "Modules are fetched" } else { "Private modules are fetched" };
    Finding::new("git", Severity::Warning, format!("{which} with git, and git is not installed"))
        .detail(format!(
            "{name} has Go fetch them from their own hosts. In {} that ends with: exec: \"git\": executable file not found in $PATH.",
            remedy::contexts_title(&contexts)
        ))
        .explained_by(match setting.origin {
            SettingOrigin::Goroot { .. } => &["distro-go-env-defaults"],
            _ => &[],
        })
        .seen_in(contexts)
        .about("git")
        .evidence(evidence)
        .evidence(Evidence::new("git", "in no folder of PATH").expected("a git command"))
        .fix(remedy::install(settings.machine(), &Package::named("git")))
}
