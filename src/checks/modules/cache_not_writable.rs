//! Go cannot write to one of its caches.

use std::path::{Path, PathBuf};

use crate::checks::{Check, remedy};
use crate::host::Stat;
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Missing, Outcome, Privilege, Severity, Step, text};
use crate::probes::go::Settings;
use crate::probes::modules::{CacheFolder, Caches, Foreign, Place, Role};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::system::Users;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cache-not-writable",
    layer: Layer::Modules,
    title: "Go can write to its caches",
    impact: "Go cannot build or download here",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &["home-unset"],
    page: page!("modules/cache-not-writable"),
    rule: rule!(judge(Contexts, Settings, Caches, Users, RcFiles)),
};

/// How many parts are named.
const NAMED: usize = 3;

/// Up to how many parts are handed back one by one; beyond it the whole cache.
const ONE_BY_ONE: usize = 8;

fn judge(shells: &Contexts, settings: &Settings, caches: &Caches, users: &Users, rc: &RcFiles) -> Outcome {
    let look = Look { settings, users, rc };
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for role in [Role::Build, Role::Modules, Role::Programs] {
        for folder in caches.of(role).filter(|folder| look.is_used(folder)) {
            match (&folder.place, &folder.foreign) {
                (Place::Unknown(missing), _) | (_, Err(missing)) => unknown = unknown.or(Some(missing)),
                (_, Ok(foreign)) => findings.extend(look.at(folder, foreign)),
            }
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

struct Look<'a> {
    settings: &'a Settings,
    users: &'a Users,
    rc: &'a RcFiles,
}

impl Look<'_> {
    /// Where nothing is downloaded, nothing is written to the module cache.
    fn is_used(&self, folder: &CacheFolder) -> bool {
        let downloads = |context| self.settings.view(context).is_none_or(|view| view.value("GOPROXY") != "off");
        folder.role != Role::Modules || folder.contexts.iter().any(|context| downloads(*context))
    }

    fn at(&self, folder: &CacheFolder, foreign: &[Foreign]) -> Option<Finding> {
        let name = self.name(&folder.path);
        let title = folder.role.title();
        let read_only = folder.filesystem.as_ref().is_ok_and(|filesystem| filesystem.read_only);
        match &folder.place {
            Place::Folder { writable: true, .. } if !foreign.is_empty() => Some(self.parts(folder, foreign)),
            Place::Folder { writable: false, stat } | Place::Absent { writable: false, stat, .. } if read_only => {
                let summary = format!("{title} {name} lies on a file system that is mounted read-only");
                let mount = folder.filesystem.as_ref().map(|one| self.name(&one.mount_point)).unwrap_or_default();
                let evidence = Evidence::new(mount, "mounted read-only");
                Some(self.finding(folder, summary).evidence(evidence).evidence(self.owner(&folder.path, stat)))
            }
            Place::Folder { writable: false, stat } => {
                let why = self.why_not(stat);
                let finding = self.finding(folder, format!("{title} {name} {why}: Go cannot write there"));
                Some(finding.evidence(self.owner(&folder.path, stat)).fixes(self.hand_back(stat, &[&folder.outermost])))
            }
            Place::Absent { writable: false, stat, above } => {
                let (above_name, why) = (self.name(above), self.why_not(stat));
                let summary = format!("{title} {name} cannot be made: {above_name} {why}");
                let finding = self.finding(folder, summary).evidence(self.owner(above, stat));
                Some(finding.fixes(self.hand_back(stat, &[above])))
            }
            // That GOPATH itself is a file, gopath-invalid says.
            Place::NoFolder(file) if !is_gopath(folder, file) => {
                let summary = format!("{title} {name} cannot be used: {} is not a folder", self.name(file));
                Some(self.finding(folder, summary).evidence(Evidence::new(self.name(file), "not a folder")))
            }
            Place::Folder { writable: true, .. } | Place::Absent { writable: true, .. } => None,
            Place::NoFolder(_) | Place::Unknown(_) => None,
        }
        .map(|finding| self.with_setting(finding, folder))
    }

    /// Parts of a cache belong to somebody else.
    fn parts(&self, folder: &CacheFolder, foreign: &[Foreign]) -> Finding {
        let name = self.name(&folder.path);
        let owner = self.users.name(foreign[0].uid);
        let verb = if foreign.len() == 1 { "belongs" } else { "belong" };
        let count = text::count(foreign.len(), "folder");
        let summary = format!("{count} in {} {name} {verb} to {owner}", text::lower_first(folder.role.title()));
        let evidence =
            |part: &Foreign| Evidence::new(self.name(&part.path), format!("belongs to {}", self.users.name(part.uid)));
        let paths: Vec<&Path> = match foreign.len() {
            0..=ONE_BY_ONE => foreign.iter().map(|part| part.path.as_path()).collect(),
            _ => vec![folder.path.as_path()],
        };
        self.finding(folder, summary).evidences(foreign.iter().take(NAMED).map(evidence)).fix(self.chown(&paths))
    }

    fn finding(&self, folder: &CacheFolder, summary: String) -> Finding {
        let name = self.name(&folder.path);
        let severity = if folder.role == Role::Programs { Severity::Warning } else { Severity::Error };
        Finding::new(format!("{}:{name}", folder.role.setting()), severity, summary)
            .seen_in(folder.contexts.iter().copied())
            .about(folder.role.setting())
            .explained_by(if folder.decided_by.is_none() { &["home-unset"] } else { &[] })
            .detail(says(folder))
    }

    /// Names the setting that decides, and offers to take it back.
    fn with_setting(&self, finding: Finding, folder: &CacheFolder) -> Finding {
        let Some((name, setting)) = &folder.decided_by else { return finding };
        let (evidence, writer) = self.settings.trace(name, setting, &folder.contexts, self.rc);
        let finding = finding.evidence(evidence);
        // Other programs go by it too.
        if *name == "XDG_CACHE_HOME" {
            return finding;
        }
        finding.fix(remedy::unset(name, setting, writer.as_ref(), "Go cannot write there"))
    }

    fn why_not(&self, stat: &Stat) -> String {
        match stat.uid == self.rc.machine().user.uid {
            true => format!("is write-protected (mode {:04o})", stat.mode),
            false => format!("belongs to {}", self.users.name(stat.uid)),
        }
    }

    fn owner(&self, path: &Path, stat: &Stat) -> Evidence {
        let owner = self.users.name(stat.uid);
        let user = &self.rc.machine().user.name;
        Evidence::new(self.name(path), format!("belongs to {owner}, mode {:04o}", stat.mode))
            .expected(format!("writable for {user}"))
    }

    /// Gives folders back to the user: with root's rights when they belong to
    /// somebody else, and only below home: what lies elsewhere may be shared.
    fn hand_back(&self, stat: &Stat, paths: &[&Path]) -> Option<Fix> {
        let user = &self.rc.machine().user;
        let home = user.home.as_deref()?;
        let below_home = paths.iter().all(|path| path.starts_with(home) && *path != home);
        match paths {
            _ if !below_home => None,
            [path] if stat.uid == user.uid => {
                let step = Step::SetMode { path: path.to_path_buf(), mode: stat.mode | 0o700 };
                Some(Fix::new(format!("Make {} writable", self.name(path)), Class::Safe, vec![step]))
            }
            _ => Some(self.chown(paths)),
        }
    }

    fn chown(&self, paths: &[&Path]) -> Fix {
        let user = &self.rc.machine().user;
        let owner = format!("{}:{}", user.uid, user.gid);
        let mut argv: Vec<String> = ["chown", "-R", "-h", &owner].map(str::to_owned).to_vec();
        argv.extend(paths.iter().map(|path| path.display().to_string()));
        let inverse = Inverse::CannotBeUndone(
            "which files belonged to whom is not kept; a cache can be deleted and is filled again".to_owned(),
        );
        let named = match paths {
            [one] => self.name(one),
            many => text::count(many.len(), "folder"),
        };
        let step = Step::Run { argv, privilege: Privilege::Root, inverse };
        Fix::new(format!("Give {named} back to {}", user.name), Class::Root, vec![step])
    }

    fn name(&self, path: &Path) -> String {
        self.rc.machine().tilde(path)
    }
}

fn is_gopath(folder: &CacheFolder, file: &Path) -> bool {
    let first = |value: &str| value.split(':').next().is_some_and(|first| Path::new(first) == file);
    folder.decided_by.as_ref().is_some_and(|(name, setting)| *name == "GOPATH" && first(&setting.value))
}

/// What Go says, word for word.
fn says(folder: &CacheFolder) -> String {
    let path: PathBuf = folder.path.clone();
    let path = path.display();
    let whole = folder.foreign.as_ref().is_ok_and(Vec::is_empty);
    match (folder.role, whole) {
        (Role::Build, false) => format!(
            "What is not cached yet cannot be built: package net/http is not in std, although it is, or open {path}/…: permission denied. A go command that ran with sudo leaves this behind."
        ),
        (Role::Build, true) => {
            format!(
                "Builds fail with: failed to initialize build cache at {path}: permission denied, or package net/http is not in std, although it is."
            )
        }
        (Role::Modules, false) => format!(
            "Downloads fail with: go: writing stat cache: mkdir {path}/cache/download/…: permission denied. A go command that ran with sudo leaves this behind."
        ),
        (Role::Modules, true) => {
            format!("Downloads fail with: go: could not create module cache: mkdir {path}: permission denied.")
        }
        (Role::Programs | Role::Work, _) => format!("go install fails with: mkdir {path}/: permission denied."),
    }
}
