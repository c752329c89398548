//! The targets that the project's own build files name.

mod command;
mod yaml;

use std::path::PathBuf;

use super::cross_targets::BUILD_FILES;
use super::version_files::{dockerfiles, workflows};
use super::{GoMod, GoWork};
use crate::collections::order;
use crate::host::Host;
use crate::model::{Missing, Target};
use crate::probes::go::{ARCHITECTURES, SYSTEMS};
use crate::probes::{Fact, Probing};

/// The targets that goreleaser, Makefiles, Dockerfiles and the workflows of
/// the CI build for.
#[derive(Debug, Default)]
pub struct NamedTargets {
    /// The targets in the order of the files and lines, each once. Some may
    /// be none of Go's.
    pub list: Vec<NamedBy>,
}

/// A target, and the line that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedBy {
    /// The platform.
    pub target: Target,
    /// The place, such as `.goreleaser.yaml:12`.
    pub source: String,
}

/// Files that are read besides those that other probes know.
const MORE_FILES: [&str; 3] = ["goreleaser.yml", "goreleaser.yaml", ".gitlab-ci.yml"];

impl Fact for NamedTargets {
    const ID: &'static str = "named-targets";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let machine = host.machine();
        let module = probing.get::<GoMod>()?.found.as_ref().map(|file| file.folder.clone());
        let work = || probing.get::<GoWork>().ok()?.found.as_ref().map(|file| file.folder.clone());
        let root = module.or_else(work).unwrap_or_else(|| machine.folder.clone());
        let own = Target::new(machine.goos(), machine.goarch());
        // goreleaser says most exactly what is released.
        let mut files: Vec<PathBuf> = BUILD_FILES.iter().chain(&MORE_FILES).map(|name| root.join(name)).collect();
        order::sort_by_key(&mut files, |path| !is_goreleaser(path));
        files.extend(dockerfiles(host, &root));
        files.extend(workflows(host, &root));
        let mut named = NamedTargets::default();
        for path in files {
            named.add(host, &root, &path, &own);
        }
        Ok(named)
    }
}

impl NamedTargets {
    /// The line that names a target first.
    #[must_use]
    pub fn get(&self, target: &Target) -> Option<&NamedBy> {
        self.list.iter().find(|named| named.target == *target)
    }

    fn add(&mut self, host: &dyn Host, root: &std::path::Path, path: &std::path::Path, own: &Target) {
        let Ok(text) = host.read_text(path) else { return };
        let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
        let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
        let mut found = if is_yaml { yaml::targets(&text, own, is_goreleaser(path)) } else { Vec::new() };
        found.extend(command::targets(&text, own));
        order::sort_by_key(&mut found, |(line, _)| *line);
        for (line, target) in found {
            if self.get(&target).is_none() {
                self.list.push(NamedBy { target, source: format!("{name}:{line}") });
            }
        }
    }
}

fn is_goreleaser(path: &std::path::Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains("goreleaser."))
}

fn is_system(word: &str) -> bool {
    SYSTEMS.contains(&word)
}

fn is_architecture(word: &str) -> bool {
    ARCHITECTURES.contains(&word)
}
