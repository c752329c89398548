use crate::collections::order;
use std::path::{Path, PathBuf};

use super::super::workspace_members::clean;
use super::super::{ModFile, ModuleFile, Replace};
use super::{is_pruned, unpacked};

/// How many requirements are looked at.
const LIMIT: usize = 5000;

/// What a go.mod requires, with its replacements in their places.
#[derive(Debug)]
pub(super) struct Requirements {
    /// The requirements, without those that are excluded.
    pub(super) all: Vec<Required>,
    /// True when the graph is read only where that is needed.
    pub(super) pruned: bool,
    /// The module's own path.
    pub(super) own: String,
    /// The root folder of the module.
    pub(super) root: PathBuf,
    /// The folders that patterns pass over.
    pub(super) ignored: Vec<PathBuf>,
    /// The module cache.
    pub(super) cache: PathBuf,
    replaces: Vec<Replace>,
    excludes: Vec<(String, String)>,
}

/// A module that is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Required {
    /// Its path.
    pub(super) path: String,
    /// Its version.
    pub(super) version: String,
    /// True when only other modules need it.
    pub(super) indirect: bool,
    /// Where its files come from.
    pub(super) source: Source,
    /// The line that requires it: `~/shop/go.mod:5`.
    pub(super) place: String,
}

/// Where the files of a required module come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A folder that replaces it.
    Folder(PathBuf),
    /// A module: itself, or the one that replaces it.
    Module {
        /// The path.
        path: String,
        /// The version.
        version: String,
    },
}

impl Requirements {
    pub(super) fn of(module: &ModuleFile, file: &ModFile, cache: &Path) -> Requirements {
        let mut requirements = Requirements {
            all: Vec::new(),
            pruned: is_pruned(file.go.as_ref().map(|go| go.value.as_str())),
            own: file.module.as_ref().map(|module| module.value.clone()).unwrap_or_default(),
            root: module.folder.clone(),
            ignored: file.ignores.iter().map(|folder| clean(&module.folder.join(folder))).collect(),
            cache: cache.to_owned(),
            replaces: file.replaces.clone(),
            excludes: file.excludes.clone(),
        };
        let counts = |path: &str, version: &str| path != requirements.own && !requirements.is_excluded(path, version);
        let all = file.requires.iter().filter(|require| counts(&require.path, &require.version));
        requirements.all = all
            .take(LIMIT)
            .map(|require| Required {
                path: require.path.clone(),
                version: require.version.clone(),
                indirect: require.indirect,
                source: requirements.source(&require.path, &require.version),
                place: format!("{}:{}", module.name, require.line),
            })
            .collect();
        requirements
    }

    /// Whether go.mod excludes that version.
    pub(super) fn is_excluded(&self, path: &str, version: &str) -> bool {
        self.excludes.iter().any(|excluded| (&*excluded.0, &*excluded.1) == (path, version))
    }

    /// Where the files of a module come from: a replacement of the one version
    /// stands before one of all versions.
    pub(super) fn source(&self, path: &str, version: &str) -> Source {
        let mut of_path = self.replaces.iter().filter(|replace| replace.old == path);
        let one = of_path.clone().find(|replace| replace.old_version.as_deref() == Some(version));
        match one.or_else(|| of_path.find(|replace| replace.old_version.is_none())) {
            None => Source::Module { path: path.to_owned(), version: version.to_owned() },
            Some(Replace { new, new_version: Some(version), .. }) => {
                Source::Module { path: new.clone(), version: version.clone() }
            }
            Some(Replace { new, .. }) => Source::Folder(clean(&self.root.join(new))),
        }
    }

    /// The folder that has a required module's files, if it has been fetched.
    pub(super) fn folder(&self, required: &Required) -> PathBuf {
        match &required.source {
            Source::Folder(folder) => folder.clone(),
            Source::Module { path, version } => unpacked(&self.cache, path, version),
        }
    }

    /// The requirements that an import path may lie in, the longest one first.
    pub(super) fn candidates(&self, import: &str) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.all.len()).filter(|at| self.within(*at, import).is_some()).collect();
        order::sort_by_key(&mut found, |at| std::cmp::Reverse(self.all[*at].path.len()));
        found
    }

    /// The folder of an import path within a requirement: `sub` of
    /// `example.com/a/sub` in `example.com/a`.
    pub(super) fn within<'i>(&self, at: usize, import: &'i str) -> Option<&'i str> {
        let rest = import.strip_prefix(self.all[at].path.as_str())?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }
}

impl Required {
    /// The requirement as it stands in go.mod.
    pub(super) fn line_text(&self) -> String {
        let comment = if self.indirect { " // indirect" } else { "" };
        format!("require {} {}{comment}", self.path, self.version)
    }
}
