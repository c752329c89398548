//! HOME is not set, or names no folder that Go could write to.

use std::path::PathBuf;

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{Setting, SettingOrigin, Settings, Toolchains};
use crate::probes::modules::{CacheFolder, Caches, Place, Role};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::system::{Home, Homes, Users};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "home-unset",
    layer: Layer::System,
    title: "HOME names a folder that Go can keep its caches in",
    impact: "Go has no place for its caches",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("system/home-unset"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Homes, Caches, Users, RcFiles)),
};

/// What names the build cache without HOME.
const BUILD_CACHE: [&str; 2] = ["GOCACHE", "XDG_CACHE_HOME"];

/// What names the module cache without HOME.
const MODULE_CACHE: [&str; 2] = ["GOPATH", "GOMODCACHE"];

fn judge(
    shells: &Contexts,
    settings: &Settings,
    toolchains: &Toolchains,
    homes: &Homes,
    caches: &Caches,
    users: &Users,
    rc: &RcFiles,
) -> Outcome {
    if toolchains.in_use().is_none() {
        return match shells.outcome(Vec::new()) {
            Outcome::Passed => Outcome::skipped("no go is on any PATH"),
            other => other,
        };
    }
    let look = Look { shells, settings, toolchains, caches, users, rc };
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for home in &homes.found {
        match look.home(home) {
            Ok(found) => findings.extend(found),
            Err(missing) => unknown = Some(missing),
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

struct Look<'a> {
    shells: &'a Contexts,
    settings: &'a Settings,
    toolchains: &'a Toolchains,
    caches: &'a Caches,
    users: &'a Users,
    rc: &'a RcFiles,
}

impl Look<'_> {
    fn home(&self, home: &Home) -> Result<Option<Finding>, Missing> {
        let has_go = |context: &Context| self.toolchains.active(*context).is_some();
        let contexts: Vec<Context> = home.contexts.iter().copied().filter(has_go).collect();
        Ok(match (&home.value, &home.place) {
            (None, _) => self.unset(&contexts),
            (Some(value), None) => self.relative(value, &contexts),
            (Some(_), Some(Place::Folder { writable: true, .. } | Place::Absent { writable: true, .. })) => None,
            (Some(_), Some(Place::Unknown(missing))) => return Err(missing.clone()),
            (Some(value), Some(place)) => self.closed(value, place, &contexts),
        })
    }

    /// The contexts in which none of these variables is set.
    fn lacking(&self, contexts: &[Context], names: &[&str]) -> Vec<Context> {
        let has = |context: Context| {
            let environment = self.shells.get(context);
            environment.is_ok_and(|environment| names.iter().any(|name| environment.get(name).is_some()))
        };
        contexts.iter().copied().filter(|context| !has(*context)).collect()
    }

    fn unset(&self, contexts: &[Context]) -> Option<Finding> {
        let (caches, modules) = (self.lacking(contexts, &BUILD_CACHE), self.lacking(contexts, &MODULE_CACHE));
        let (severity, contexts, lacks, says) = if !caches.is_empty() {
            (
                Severity::Error,
                caches,
                "no HOME, no GOCACHE",
                "build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined",
            )
        } else if !modules.is_empty() {
            let says = "module cache not found: neither GOMODCACHE nor GOPATH is set";
            (Severity::Warning, modules, "no HOME, no GOPATH", says)
        } else {
            return None;
        };
        let whose = contexts.first().copied().unwrap_or(Context::Session).title();
        let what = if severity == Severity::Error { "its caches" } else { "the module cache" };
        Some(
            Finding::new("HOME", severity, format!("HOME is not set, and Go has no place for {what}"))
                .detail(format!("Go keeps its caches and settings below HOME. It ends with: {says}."))
                .evidence(
                    Evidence::new(format!("environment of {whose}"), lacks).expected("HOME, or GOCACHE and GOPATH"),
                )
                .about("HOME")
                .seen_in(contexts)
                .fix(remedy::give_home(self.settings.machine(), self.users)),
        )
    }

    fn relative(&self, value: &str, contexts: &[Context]) -> Option<Finding> {
        let (caches, modules) = (self.lacking(contexts, &BUILD_CACHE), self.lacking(contexts, &MODULE_CACHE));
        let (severity, contexts) =
            if modules.is_empty() { (Severity::Warning, caches) } else { (Severity::Error, modules) };
        contexts.first()?;
        Some(self.wrong(value, severity, contexts, format!("HOME is no absolute path: {value}")).detail(format!(
            "Go makes a build cache below every folder in which it is called. Where modules are needed, it ends with: go: GOMODCACHE entry is relative; must be absolute path: \"{value}/go/pkg/mod\"."
        )))
    }

    /// A home in which nothing can be written, and caches that would lie in it.
    fn closed(&self, value: &str, place: &Place, contexts: &[Context]) -> Option<Finding> {
        let below = self.caches.of(Role::Build).filter(|cache| cache.path.starts_with(value));
        let stuck: Vec<_> = below.filter(|cache| !is_open(&cache.place)).collect();
        let hit: Vec<Context> = contexts
            .iter()
            .copied()
            .filter(|context| stuck.iter().any(|cache| cache.contexts.contains(context)))
            .collect();
        hit.first()?;
        let (what, says) = match place {
            Place::Absent { .. } => ("does not exist", "permission denied"),
            Place::NoFolder(_) => ("is no folder", "not a directory"),
            _ => ("cannot be written to", "permission denied"),
        };
        let cache = stuck.first()?;
        let (name, refused) = (cache.path.display(), refused(cache));
        Some(
            self.wrong(value, Severity::Error, hit, format!("HOME is {value}, which {what}"))
                .detail(format!("Go cannot make its build cache there: failed to initialize build cache at {name}: mkdir {}: {says}. Settings by go env -w cannot be kept either.", refused.display()))
                .evidence(Evidence::new(value, what).expected("a folder of your own")),
        )
    }

    fn wrong(&self, value: &str, severity: Severity, contexts: Vec<Context>, summary: String) -> Finding {
        let setting = Setting { value: value.to_owned(), origin: SettingOrigin::Environment };
        let (evidence, writer) = self.settings.trace("HOME", &setting, &contexts, self.rc);
        let unset = writer.map(|writer| remedy::reviewed(remedy::comment_out(&writer, "the login sets HOME")));
        Finding::new(format!("HOME={value}"), severity, summary)
            .about("HOME")
            .seen_in(contexts)
            .evidence(evidence)
            .fixes(unset)
            .fix(remedy::give_home(self.settings.machine(), self.users))
    }
}

/// The folder that Go fails to make.
fn refused(cache: &CacheFolder) -> PathBuf {
    match &cache.place {
        Place::NoFolder(file) => file.clone(),
        Place::Absent { above, .. } => {
            let next = cache.path.strip_prefix(above).ok().and_then(|rest| rest.components().next());
            next.map_or_else(|| cache.path.clone(), |next| above.join(next))
        }
        _ => cache.path.join("00"),
    }
}

/// True when Go can write there.
fn is_open(place: &Place) -> bool {
    match place {
        Place::Folder { writable, .. } | Place::Absent { writable, .. } => *writable,
        Place::NoFolder(_) => false,
        // Nothing is said of what could not be looked at.
        Place::Unknown(_) => true,
    }
}
