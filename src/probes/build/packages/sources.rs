//! Where the files of a module come from.

use std::path::{Path, PathBuf};

use crate::probes::modules::escaped;
use crate::probes::project::Replace;

/// Where the files of a module come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A folder that replaces it.
    Folder(PathBuf),
    /// The module cache: this path and version, of the module itself or of
    /// the one that replaces it.
    Cached(String, String),
}

/// What the main modules say of all others, and the module cache.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The module cache.
    pub(super) cache: PathBuf,
    /// The replacements with the folder that theirs are relative to, those
    /// of a workspace first.
    pub(super) replaces: Vec<(PathBuf, Replace)>,
    /// The versions that are not to be used.
    pub(super) excludes: Vec<(String, String)>,
}

impl Sources {
    /// Where a module comes from: a replacement of the one version stands
    /// before one of all versions.
    pub(super) fn of(&self, path: &str, version: &str) -> Source {
        let mut of_path = self.replaces.iter().filter(|(_, replace)| replace.old == path);
        let one = of_path.clone().find(|(_, replace)| replace.old_version.as_deref() == Some(version));
        match one.or_else(|| of_path.find(|(_, replace)| replace.old_version.is_none())) {
            None => Source::Cached(path.to_owned(), version.to_owned()),
            Some((_, Replace { new, new_version: Some(version), .. })) => Source::Cached(new.clone(), version.clone()),
            Some((root, Replace { new, .. })) => Source::Folder(root.join(new)),
        }
    }

    /// Whether a version is not to be used.
    pub(super) fn is_excluded(&self, path: &str, version: &str) -> bool {
        self.excludes.iter().any(|(other, its)| other == path && its == version)
    }
}

impl Source {
    /// The go.mod of the module.
    pub(super) fn mod_file(&self, cache: &Path) -> PathBuf {
        match self {
            Source::Folder(folder) => folder.join("go.mod"),
            Source::Cached(path, version) => {
                let versions = cache.join("cache/download").join(escaped(path)).join("@v");
                versions.join(format!("{}.mod", escaped(version)))
            }
        }
    }

    /// The folder with the module's files.
    pub(super) fn folder(&self, cache: &Path) -> PathBuf {
        match self {
            Source::Folder(folder) => folder.clone(),
            Source::Cached(path, version) => cache.join(format!("{}@{}", escaped(path), escaped(version))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_version_goes_before_all_and_capitals_are_escaped() {
        let file = crate::probes::project::ModFile::parse(
            "module m\nreplace a.b/C => ../c\nreplace a.b/C v1.0.0 => a.b/D v1.1.0-RC1\n",
        );
        let root = PathBuf::from("/src/m");
        let replaces = file.replaces.into_iter().map(|replace| (root.clone(), replace)).collect();
        let sources = Sources { replaces, ..Sources::default() };
        let cache = Path::new("/cache");
        assert_eq!(sources.of("a.b/C", "v1.2.0").mod_file(cache), Path::new("/src/m/../c/go.mod"));
        let one = sources.of("a.b/C", "v1.0.0");
        assert_eq!(one.folder(cache), Path::new("/cache/a.b/!d@v1.1.0-!r!c1"));
        assert_eq!(one.mod_file(cache), Path::new("/cache/cache/download/a.b/!d/@v/v1.1.0-!r!c1.mod"));
        assert_eq!(sources.of("a.b/e", "v1.0.0").folder(cache), Path::new("/cache/a.b/e@v1.0.0"));
    }
}
