//! Which version of each module a build uses: the newest that anything asks
//! for.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use super::sources::Sources;
use super::version::compare;
use crate::collections::parallel;
use crate::host::Host;
use crate::model::{GoVersion, Missing};
use crate::probes::project::ModFile;

/// Fewer files than these are not worth a thread.
const SHARE: usize = 4;

/// How many versions of modules are looked at.
const LIMIT: usize = 20_000;

/// Whether what a module requires is followed to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Pruning {
    /// It lists all that its packages need: since Go 1.17.
    Pruned,
    /// All go.mod files below it are read.
    Whole,
}

impl Pruning {
    /// What the go line of a go.mod asks for.
    pub(super) fn of(file: &ModFile) -> Pruning {
        let go = file.go.as_ref().and_then(|go| GoVersion::parse(&go.value));
        if go.is_some_and(|go| go.language() >= (1, 17)) { Pruning::Pruned } else { Pruning::Whole }
    }
}

/// A module of one version.
type Version = (String, String);

/// The module graph.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// The version of each module.
    pub(super) selected: BTreeMap<String, String>,
    /// The first go.mod that could not be read: newer versions may be asked
    /// for in it.
    pub(super) missing: Option<Missing>,
}

impl Graph {
    /// The versions that these requirements ask for themselves.
    pub(super) fn direct(required: impl Iterator<Item = Version>) -> Graph {
        let mut graph = Graph::default();
        required.for_each(|version| graph.require(version));
        graph
    }

    /// The graph below the main modules: what each requires, with how far
    /// that is followed.
    pub(super) fn read(host: &dyn Host, sources: &Sources, roots: Vec<(Version, Follow)>) -> Graph {
        let mut graph = Graph::direct(roots.iter().map(|(version, _)| version.clone()));
        let mut files: HashMap<Version, Option<(Pruning, Vec<Version>)>> = HashMap::new();
        let mut seen: HashSet<(Version, Follow)> = roots.iter().cloned().collect();
        let mut level = roots;
        while !level.is_empty() {
            let mut unread: Vec<Version> = level.iter().map(|(version, _)| version.clone()).collect();
            unread.retain(|version| !files.contains_key(version));
            unread.sort();
            unread.dedup();
            let read = parallel::each(&unread, unread.len() / SHARE, |_, (path, version)| {
                summary(host, sources, path, version)
            });
            for (version, summary) in unread.into_iter().zip(read) {
                let summary = summary.map_err(|missing| graph.missing.get_or_insert(missing).clone()).ok();
                for required in summary.iter().flat_map(|(_, requires)| requires) {
                    graph.require(required.clone());
                }
                files.insert(version, summary);
            }
            let mut below = Vec::new();
            for (version, follow) in level {
                let Some(Some((pruning, requires))) = files.get(&version) else { continue };
                if let Some(next) = follow.below(*pruning) {
                    let more = requires.iter().map(|required| (required.clone(), next));
                    below.extend(more.filter(|one| seen.len() < LIMIT && seen.insert(one.clone())));
                }
            }
            level = below;
        }
        if seen.len() >= LIMIT {
            graph
                .missing
                .get_or_insert_with(|| Missing::failed(format!("there are more than {LIMIT} versions of modules")));
        }
        graph
    }

    fn require(&mut self, (path, version): Version) {
        let is_newer = |known: &String| compare(&version, known).is_gt();
        if self.selected.get(&path).is_none_or(is_newer) {
            self.selected.insert(path, version);
        }
    }
}

/// How far requirements are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Follow {
    /// Their own go.mod, and more only below a module that lists not all.
    Near,
    /// All below them.
    Far,
}

impl Follow {
    /// How far the requirements of a module are followed; None for not at all.
    fn below(self, pruning: Pruning) -> Option<Follow> {
        match (self, pruning) {
            (Follow::Near, Pruning::Pruned) => None,
            (Follow::Near, Pruning::Whole) | (Follow::Far, _) => Some(Follow::Far),
        }
    }
}

/// What the go.mod of a module says.
fn summary(host: &dyn Host, sources: &Sources, path: &str, version: &str) -> Result<(Pruning, Vec<Version>), Missing> {
    let file: PathBuf = sources.of(path, version).mod_file(&sources.cache);
    let content = ModFile::parse(&host.read_text(&file)?);
    let pruning = Pruning::of(&content);
    let requires = content.requires.into_iter().map(|require| (require.path, require.version));
    Ok((pruning, requires.filter(|(path, version)| !sources.is_excluded(path, version)).collect()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::host::live::{Live, LiveOptions};

    const FILES: [(&str, &str); 5] = [
        ("a.b/!old/@v/v1.0.0.mod", "module a.b/Old\n\nrequire a.b/x v1.1.0\n"),
        ("a.b/new/@v/v1.0.0.mod", "module a.b/new\n\ngo 1.17\n\nrequire a.b/y v1.2.0\n"),
        ("a.b/x/@v/v1.0.0.mod", "module a.b/x\n"),
        ("a.b/x/@v/v1.1.0.mod", "module a.b/x\n\ngo 1.21\n\nrequire a.b/z v0.9.0\n"),
        ("a.b/z/@v/v0.9.0.mod", "module a.b/z\n"),
    ];

    fn read(roots: &[(&str, &str)], follow: Follow) -> Graph {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in FILES {
            let path = folder.path().join("cache/download").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let host = Live::new(LiveOptions::new(folder.path())).unwrap();
        let sources = Sources { cache: folder.path().to_owned(), ..Sources::default() };
        let roots = roots.iter().map(|(path, version)| ((path.to_string(), version.to_string()), follow));
        Graph::read(&host, &sources, roots.collect())
    }

    #[test]
    fn the_newest_version_asked_for_is_used() {
        let graph = read(&[("a.b/Old", "v1.0.0"), ("a.b/x", "v1.0.0")], Follow::Near);
        let selected: Vec<_> = graph.selected.iter().map(|(path, version)| (path.as_str(), version.as_str())).collect();
        assert_eq!(selected, [("a.b/Old", "v1.0.0"), ("a.b/x", "v1.1.0"), ("a.b/z", "v0.9.0")]);
        assert_eq!(graph.missing, None);
    }

    #[test]
    fn what_lists_all_is_not_followed_further() {
        let near = read(&[("a.b/new", "v1.0.0")], Follow::Near);
        assert_eq!(near.selected.get("a.b/y").map(String::as_str), Some("v1.2.0"));
        assert_eq!(near.missing, None, "the go.mod of y is not read");
        let far = read(&[("a.b/new", "v1.0.0")], Follow::Far);
        assert!(far.missing.is_some_and(|missing| missing.is_absent()));
    }
}
