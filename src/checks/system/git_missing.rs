//! There is no git, and modules are fetched from their hosts.

use crate::checks::remedy::Package;
use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::{Setting, Settings};
use crate::probes::system::GitCommand;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "git-missing",
    layer: Layer::System,
    title: "git is there when modules are fetched from their hosts",
    impact: "Modules cannot be fetched",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("system/git-missing"),
    rule: rule!(judge(GitCommand, Settings)),
};

fn judge(git: &GitCommand, settings: &Settings) -> Outcome {
    if git.path.is_some() {
        return Outcome::Passed;
    }
    let Some(view) = settings.view(git.context) else { return Outcome::skipped("no go runs here") };
    let directly: Vec<(&str, Setting)> = ["GOPROXY", "GOPRIVATE", "GONOPROXY"]
        .into_iter()
        .filter_map(|name| Some((name, view.get(name)?)))
        .filter(|(name, setting)| *name != "GOPROXY" || setting.value.trim_start().starts_with("direct"))
        .collect();
    if directly.is_empty() {
        return Outcome::skipped("there is no git, and modules come from a module proxy, which needs none");
    }
    Finding::new("git", Severity::Warning, "git is not installed, and modules are fetched from their hosts")
        .detail("go fails with: exec: \"git\": executable file not found in $PATH.")
        .seen_in([git.context])
        .about("git")
        .evidence(Evidence::new("PATH", view.environment().get("PATH").unwrap_or_default()))
        .evidences(directly.into_iter().map(|(name, setting)| Evidence::new(name, crate::model::mask(&setting.value))))
        .fix(remedy::install(settings.machine(), &Package::named("git")))
        .into()
}
