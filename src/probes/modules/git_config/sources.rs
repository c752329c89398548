//! The files that git reads, and what they include.

use std::path::{Path, PathBuf};

use super::condition::{Repositories, reach};
use super::entry::{GitEntry, GitLine, GitOrigin, Reach};
use super::syntax::{Assignment, assignments};
use crate::host::{Environment, Host};
use crate::model::Missing;
use crate::probes::lookup;

/// How deep includes are followed, as git does.
const DEPTH: usize = 10;

/// How many files are read for one environment.
const FILES: usize = 64;

/// How many settings are kept.
const ENTRIES: usize = 20_000;

/// How many pairs of variables are looked at.
const VARIABLES: usize = 1000;

/// What is read for one environment.
pub(super) struct Reading<'a> {
    host: &'a dyn Host,
    home: Option<PathBuf>,
    repositories: &'a Repositories,
    files: usize,
    /// The settings so far.
    pub(super) entries: Vec<GitEntry>,
    /// The first file that git cannot read, and why.
    pub(super) problem: Option<Missing>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(host: &'a dyn Host, home: Option<PathBuf>, repositories: &'a Repositories) -> Self {
        Reading { host, home, repositories, files: 0, entries: Vec::new(), problem: None }
    }

    /// Reads a file that need not be there, and what it includes.
    pub(super) fn file(&mut self, path: &Path, whose: Reach, depth: usize) {
        self.files += 1;
        if depth > DEPTH || self.files > FILES {
            return;
        }
        let text = match self.host.read_text(path) {
            Ok(text) => text,
            Err(missing) => {
                if !missing.is_absent() {
                    self.problem.get_or_insert(missing);
                }
                return;
            }
        };
        let machine = self.host.machine();
        let name = machine.tilde(path);
        let own = self.host.stat(path).is_ok_and(|stat| stat.uid == machine.user.uid) && !machine.is_of_system(path);
        let (found, fault) = assignments(&text);
        if let Some(line) = fault {
            let why = format!("git itself cannot read it: bad config line {line} in file {name}");
            self.problem.get_or_insert(Missing::failed(why));
        }
        let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
        let line = |number: usize| lines.get(number - 1).map(|line| (*line).to_owned()).unwrap_or_default();
        for assignment in found {
            if self.entries.len() >= ENTRIES {
                return;
            }
            let included = self.included(&assignment, path, whose);
            let origin = GitOrigin::File(GitLine {
                path: path.to_owned(),
                file: name.clone(),
                line: assignment.lines.0,
                text: line(assignment.lines.0),
                last: assignment.lines.1,
                header: assignment.header,
                header_text: line(assignment.header),
                own,
            });
            let Assignment { section, subsection, name, value, .. } = assignment;
            self.entries.push(GitEntry { section, subsection, name, value, origin, reach: whose });
            if let Some((path, reach)) = included {
                self.file(&path, reach, depth + 1);
            }
        }
    }

    /// The file that a line includes, and for whom.
    fn included(&self, line: &Assignment, file: &Path, whose: Reach) -> Option<(PathBuf, Reach)> {
        let here = file.parent().unwrap_or(Path::new("/"));
        let reach = match (line.section.as_str(), &line.subsection, line.name.as_str()) {
            ("include", None, "path") => whose,
            ("includeif", Some(condition), "path") => {
                whose.and(reach(condition, here, self.home.as_deref(), self.repositories))
            }
            _ => return None,
        };
        let value = line.value.as_deref().filter(|value| !value.is_empty())?;
        let path = match (value.strip_prefix("~/"), &self.home) {
            (Some(rest), Some(home)) => home.join(rest),
            (Some(_), None) => return None,
            (None, _) => here.join(value),
        };
        Some((path, reach))
    }

    /// `GIT_CONFIG_COUNT` and its pairs, which win over every file.
    pub(super) fn variables(&mut self, environment: &Environment) {
        let count = environment.get("GIT_CONFIG_COUNT").and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
        for n in 0..count.min(VARIABLES) {
            let (Some(key), Some(value)) =
                (environment.raw(&format!("GIT_CONFIG_KEY_{n}")), environment.raw(&format!("GIT_CONFIG_VALUE_{n}")))
            else {
                return;
            };
            let Some((section, rest)) = key.split_once('.') else { continue };
            let (subsection, name) = match rest.rsplit_once('.') {
                Some((subsection, name)) => (Some(subsection.to_owned()), name),
                None => (None, rest),
            };
            self.entries.push(GitEntry {
                section: section.to_ascii_lowercase(),
                subsection,
                name: name.to_ascii_lowercase(),
                value: Some(value.to_owned()),
                origin: GitOrigin::Variables(n),
                reach: Reach::Everywhere,
            });
        }
    }
}

/// The files of the system and of the user, in the order in which git reads
/// them: the last one wins.
pub(super) fn files(host: &dyn Host, environment: &Environment, home: Option<&Path>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    if !environment.get("GIT_CONFIG_NOSYSTEM").is_some_and(is_true) {
        match environment.get("GIT_CONFIG_SYSTEM") {
            Some(path) => files.push(path.into()),
            None => files.extend(system_file(host, environment)),
        }
    }
    match environment.raw("GIT_CONFIG_GLOBAL") {
        Some(path) => files.extend((!path.is_empty()).then(|| PathBuf::from(path))),
        None => {
            files.extend(xdg_file(environment, home));
            files.extend(home.map(|home| home.join(".gitconfig")));
        }
    }
    files
}

/// The file that `git config --global` writes to.
pub(super) fn user_file(host: &dyn Host, environment: &Environment, home: Option<&Path>) -> Option<PathBuf> {
    if let Some(path) = environment.raw("GIT_CONFIG_GLOBAL") {
        return (!path.is_empty() && path != "/dev/null").then(|| path.into());
    }
    let own = home?.join(".gitconfig");
    let xdg = xdg_file(environment, home).filter(|xdg| !host.exists(&own) && host.is_file(xdg));
    Some(xdg.unwrap_or(own))
}

fn xdg_file(environment: &Environment, home: Option<&Path>) -> Option<PathBuf> {
    let folder = environment.get("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| Some(home?.join(".config")));
    folder.map(|folder| folder.join("git/config"))
}

/// A git in /usr or in a store reads /etc/gitconfig; one that was installed
/// elsewhere reads etc/gitconfig beside its bin.
fn system_file(host: &dyn Host, environment: &Environment) -> Option<PathBuf> {
    let etc = Path::new("/etc/gitconfig");
    let git = lookup(host, "git", environment)?;
    let prefix = git.parent().and_then(Path::parent).unwrap_or(Path::new("/"));
    let beside = prefix.join("etc/gitconfig");
    Some(if prefix != Path::new("/usr") && host.is_file(&beside) { beside } else { etc.to_owned() })
}

fn is_true(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "true" | "yes" | "on" | "1")
}
