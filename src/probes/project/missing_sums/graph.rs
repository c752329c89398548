//! The module graph of a module that reads all of it.

use std::collections::{HashSet, VecDeque};

use super::requirements::{Requirements, Source};
use super::sums::Sums;
use super::{Asked, Lack, SumKind};
use crate::host::Host;
use crate::probes::modules::escaped;
use crate::probes::project::ModFile;

/// How many versions of modules are looked at.
const LIMIT: usize = 3000;

/// A version of a module that something requires.
struct Node {
    path: String,
    version: String,
    place: String,
    line: String,
    /// What adds its sum.
    argument: String,
}

/// The go.mod files without a sum. Where the module cache has no copy of a
/// go.mod, what it requires in turn is left out.
pub(super) fn lacks(host: &dyn Host, requirements: &Requirements, sums: &Sums) -> Vec<Lack> {
    let roots = requirements.all.iter().map(|required| Node {
        path: required.path.clone(),
        version: required.version.clone(),
        place: required.place.clone(),
        line: required.line_text(),
        argument: required.path.clone(),
    });
    let mut queue: VecDeque<Node> = roots.collect();
    let mut seen: HashSet<(String, String)> =
        queue.iter().map(|node| (node.path.clone(), node.version.clone())).collect();
    let mut lacks = Vec::new();
    while let Some(node) = queue.pop_front() {
        let file = match requirements.source(&node.path, &node.version) {
            Source::Folder(folder) => folder.join("go.mod"),
            Source::Module { path, version } => {
                if !sums.has(&path, &version, SumKind::GoMod) {
                    let (argument, place, asked) = (node.argument, node.place, Asked::Graph(node.line));
                    lacks.push(Lack { path, version, kind: SumKind::GoMod, argument, asked, place });
                    continue;
                }
                let versions = requirements.cache.join("cache/download").join(escaped(&path)).join("@v");
                versions.join(format!("{}.mod", escaped(&version)))
            }
        };
        let Ok(text) = host.read_text(&file) else { continue };
        let name = host.machine().tilde(&file);
        for require in ModFile::parse(&text).requires {
            let key = (require.path, require.version);
            let counts = key.0 != requirements.own && !requirements.is_excluded(&key.0, &key.1);
            if counts && seen.len() < LIMIT && seen.insert(key.clone()) {
                let (path, version) = key;
                queue.push_back(Node {
                    place: format!("{name}:{}", require.line),
                    line: format!("require {path} {version}"),
                    argument: format!("{path}@{version}"),
                    path,
                    version,
                });
            }
        }
    }
    lacks
}
