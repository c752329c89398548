use std::path::{Path, PathBuf};

use crate::collections::Handful;
use crate::model::Missing;

/// What the own sources of some Gos say, by the root of each.
#[derive(Debug)]
pub(super) struct PerRoot<T> {
    found: Handful<PathBuf, Result<T, Missing>>,
}

impl<T> PerRoot<T> {
    pub(super) fn read(roots: Vec<PathBuf>, read: impl Fn(&Path) -> Result<T, Missing>) -> Self {
        PerRoot { found: roots.into_iter().map(|root| (root.clone(), read(&root))).collect() }
    }

    /// What the Go with this root says.
    pub(super) fn get(&self, root: &Path) -> Result<&T, Missing> {
        match self.found.get(root) {
            Some(found) => found.as_ref().map_err(Clone::clone),
            None => Err(Missing::failed(format!("the sources in {} were not read", root.display()))),
        }
    }
}
