//! The module cache lies inside the project.

use std::path::{Component, Path};

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::modules::{CacheFolder, Caches, Role};
use crate::probes::project::{GoMod, ModuleFile};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "modcache-in-project",
    layer: Layer::Modules,
    title: "The module cache lies outside of the project",
    impact: "Downloaded modules mix with the project",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/modcache-in-project"),
    rule: rule!(judge(Contexts, Settings, Caches, GoMod, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, caches: &Caches, module: &GoMod, rc: &RcFiles) -> Outcome {
    let Some(module) = &module.found else { return Outcome::skipped("there is no go.mod here") };
    let home = rc.machine().user.home.as_deref();
    // A go.mod in a home or at the root has lost its way: that is no project.
    if Some(module.folder.as_path()) == home || module.folder == Path::new("/") {
        return Outcome::skipped("the go.mod lies in a home folder");
    }
    let inside = caches.of(Role::Modules).filter(|cache| is_seen_in(&module.folder, &cache.path));
    shells.outcome(inside.filter_map(|cache| finding(settings, cache, module, rc)).collect())
}

/// True when programs that look through the project come by the cache: Go
/// and most others pass over folders whose names begin with a dot or an
/// underscore.
fn is_seen_in(project: &Path, cache: &Path) -> bool {
    let Ok(below) = cache.strip_prefix(project) else { return false };
    let hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with(['.', '_']);
    !below.components().any(hidden)
}

fn finding(settings: &Settings, cache: &CacheFolder, module: &ModuleFile, rc: &RcFiles) -> Option<Finding> {
    let machine = rc.machine();
    let name = machine.tilde(&cache.path);
    // Go's default lies in no project but the home folder itself.
    let (setting_name, setting) = cache.decided_by.as_ref()?;
    let (evidence, writer) = settings.trace(setting_name, setting, &cache.contexts, rc);
    let unset = remedy::unset(setting_name, setting, writer.as_ref(), "the module cache lay inside a project");
    Some(
        Finding::new(&name, Severity::Warning, format!("The module cache {name} lies inside the project"))
            .seen_in(cache.contexts.iter().copied())
            .about(*setting_name)
            .detail(format!(
                "git, gofmt, linters and editors take every downloaded module for a part of {}. Its files are read-only: rm -rf on the project fails with Permission denied, and so does git clean.",
                machine.tilde(&module.folder)
            ))
            .evidence(evidence)
            .evidence(Evidence::new(&module.name, "the project begins here"))
            .fix(remedy::reviewed(unset)),
    )
}
