//! A package where it lies.

use std::hash::{Hash, Hasher};
use std::path::PathBuf;

/// Whose rules the imports of a package follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    /// The standard library: what it vendors lies in its own vendor folder.
    Std,
    /// The go command and its fellows, likewise.
    Cmd,
    /// A module.
    Module,
}

impl Origin {
    /// The origin of a package below GOROOT/src.
    pub(super) fn in_goroot(package: &str) -> Origin {
        if package == "cmd" || package.starts_with("cmd/") { Origin::Cmd } else { Origin::Std }
    }

    /// Where it vendors what it imports, below GOROOT/src.
    pub(super) fn vendor(self) -> Option<&'static str> {
        match self {
            Origin::Std => Some("vendor"),
            Origin::Cmd => Some("cmd/vendor"),
            Origin::Module => None,
        }
    }
}

/// A package where it lies. One import path is one package in a project, so
/// that it stands for the rest.
#[derive(Debug, Clone)]
pub(super) struct Home {
    /// Its import path.
    pub(super) package: String,
    /// Its folder.
    pub(super) folder: PathBuf,
    /// The module's path; `std` for one below GOROOT/src.
    pub(super) module: String,
    /// Whose rules its imports follow.
    pub(super) origin: Origin,
}

impl PartialEq for Home {
    fn eq(&self, other: &Home) -> bool {
        self.package == other.package
    }
}

impl Eq for Home {}

impl Hash for Home {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.package.hash(state);
    }
}
