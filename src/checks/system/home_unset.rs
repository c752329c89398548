//! HOME is not set, or names no folder that Go could write to.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::go::{Setting, SettingOrigin, Settings, Toolchains};
use crate::probes::modules::{Caches, Place, Role};
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
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ => shells.outcome(findings),
    }
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
            (Some(value), None) => self.lacks_caches(&contexts).map(|contexts| self.relative(value, contexts)),
            (Some(_), Some(Place::Folder { writable: true, .. } | Place::Absent { writable: true, .. })) => None,
            (Some(_), Some(Place::Unknown(missing))) => return Err(missing.clone()),
            (Some(value), Some(place)) => self.closed(value, place, &contexts),
        })
    }

    /// The contexts that name no folder for the build cache but HOME.
    fn lacks_caches(&self, contexts: &[Context]) -> Option<Vec<Context>> {
        let lacking = self.lacking(contexts, &["GOCACHE", "XDG_CACHE_HOME"]);
        (!lacking.is_empty()).then_some(lacking)
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
        let modules = self.lacking(contexts, &["GOPATH", "GOMODCACHE"]);
        let (severity, contexts, lacks, says) = match self.lacks_caches(contexts) {
            Some(contexts) => (
                Severity::Error,
                contexts,
                "no HOME, no GOCACHE",
                "build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined",
            ),
            None if modules.is_empty() => return None,
            None => (
                Severity::Warning,
                modules,
                "no HOME, no GOPATH",
                "module cache not found: neither GOMODCACHE nor GOPATH is set",
            ),
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
                .fix(self.set()),
        )
    }

    fn relative(&self, value: &str, contexts: Vec<Context>) -> Finding {
        self.wrong(value, contexts, format!("HOME is no absolute path: {value}"))
            .detail("Go derives the place of its build cache from it and refuses: build cache is required, but could not be located: GOCACHE is not an absolute path.")
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
        let cache = stuck.first().map(|cache| cache.path.display().to_string()).unwrap_or_default();
        Some(
            self.wrong(value, hit, format!("HOME is {value}, which {what}"))
                .detail(format!("Go cannot make its build cache there: failed to initialize build cache at {cache}: {says}. Settings by go env -w cannot be kept either."))
                .evidence(Evidence::new(value, what).expected("a folder of your own")),
        )
    }

    fn wrong(&self, value: &str, contexts: Vec<Context>, summary: String) -> Finding {
        let setting = Setting { value: value.to_owned(), origin: SettingOrigin::Environment };
        let (evidence, writer) = self.settings.trace("HOME", &setting, &contexts, self.rc);
        let unset = writer.map(|writer| remedy::reviewed(remedy::comment_out(&writer, "the login sets HOME")));
        Finding::new(format!("HOME={value}"), Severity::Error, summary)
            .about("HOME")
            .seen_in(contexts)
            .evidence(evidence)
            .fixes(unset)
            .fix(self.set())
    }

    /// The user's own home, or else folders for the caches alone.
    fn set(&self) -> Fix {
        let machine = self.settings.machine();
        match self.users.home(machine.user.uid) {
            Some(home) if home.as_os_str() != "/" && home.as_os_str() != "/nonexistent" => Fix::manual(
                format!("Set HOME to {}", home.display()),
                "The user database names this folder. What starts the shell has to hand HOME on: sudo -H, the unit's User=, or the image's ENV.",
                Some(export(machine, &[("HOME", &home.display().to_string())])),
            ),
            _ => Fix::manual(
                "Give Go folders for its caches",
                "The user database names no home for this user. In an image, the same belongs into ENV; the folders must be writable by the user that the container runs as.",
                Some(export(machine, &[("GOCACHE", "/tmp/go-build"), ("GOPATH", "/tmp/go")])),
            ),
        }
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

/// The command that sets variables in the user's shell.
fn export(machine: &Machine, variables: &[(&str, &str)]) -> String {
    if machine.shell_name() == Some("fish") {
        let lines: Vec<String> = variables.iter().map(|(name, value)| format!("set -gx {name} {value}")).collect();
        return lines.join("; ");
    }
    let words: Vec<String> = variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("export {}", words.join(" "))
}
