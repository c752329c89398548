//! In which folder the package of an import path lies.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::folder::Folders;
use super::graph::Follow;
use super::home::{Home, Origin};
use super::supply::Supply;
use crate::host::Host;
use crate::model::Missing;

/// A module that is worked on.
#[derive(Debug)]
pub(super) struct MainModule {
    /// Its path.
    pub(super) path: String,
    /// Its folder.
    pub(super) folder: PathBuf,
    /// What it requires.
    pub(super) requires: Vec<((String, String), Follow)>,
    /// The folders that patterns pass over.
    pub(super) ignored: Vec<PathBuf>,
}

/// A package, or why it is not known.
pub(super) type Found = Result<Arc<Home>, Missing>;

/// Finds packages.
#[derive(Debug)]
pub(super) struct Homes {
    /// GOROOT/src.
    pub(super) std: PathBuf,
    /// The modules that are worked on.
    pub(super) mains: Vec<MainModule>,
    /// Where everything else lies.
    pub(super) supply: Supply,
    /// The folders that were read.
    pub(super) folders: Folders,
    known: [Mutex<HashMap<String, Found>>; 3],
}

impl Homes {
    pub(super) fn new(std: PathBuf, mains: Vec<MainModule>, supply: Supply) -> Self {
        Homes { std, mains, supply, folders: Folders::default(), known: Default::default() }
    }

    /// The package that an import leads to, or why it is not known.
    pub(super) fn find(&self, host: &dyn Host, import: &str, from: Origin) -> Found {
        let [std, cmd, module] = &self.known;
        let known = match from {
            Origin::Std => std,
            Origin::Cmd => cmd,
            Origin::Module => module,
        };
        let lock = || known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(import) {
            return known.clone();
        }
        let found = self.look(host, import, from).map(Arc::new);
        lock().insert(import.to_owned(), found.clone());
        found
    }

    fn look(&self, host: &dyn Host, import: &str, from: Origin) -> Result<Home, Missing> {
        if import.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(Missing::failed(format!("{import} is no path of a package")));
        }
        let first = import.split('/').next().unwrap_or_default();
        let in_std = |package: String| {
            let folder = self.std.join(&package);
            let home = Home { folder, module: "std".to_owned(), origin: Origin::in_goroot(&package), package };
            self.folders.has_go(host, &home.folder).map(|has_go| has_go.then_some(home))
        };
        if !first.contains('.')
            && let Some(home) = in_std(import.to_owned())?
        {
            return Ok(home);
        }
        if let Some(vendor) = from.vendor()
            && let Some(home) = in_std(format!("{vendor}/{import}"))?
        {
            return Ok(home);
        }
        let mut found = Vec::new();
        for main in &self.mains {
            found.extend(self.within(host, &main.path, &main.folder, import, Nested::Modules)?);
        }
        self.supply.find(host, self, import, found)
    }

    /// The package in a module, if it is there.
    pub(super) fn within(
        &self,
        host: &dyn Host,
        module: &str,
        root: &Path,
        import: &str,
        nested: Nested,
    ) -> Result<Option<Home>, Missing> {
        let Some(rest) = below(import, module) else { return Ok(None) };
        let folder = if rest.is_empty() { root.to_owned() } else { root.join(rest) };
        if !self.folders.has_go(host, &folder)? {
            return Ok(None);
        }
        if nested == Nested::Modules {
            let between = folder.ancestors().take_while(|above| *above != root);
            let is_module = |above: &Path| self.folders.get(host, above).is_ok_and(|folder| folder.is_module);
            if between.into_iter().any(is_module) {
                return Ok(None);
            }
        }
        Ok(Some(Home { package: import.to_owned(), folder, module: module.to_owned(), origin: Origin::Module }))
    }
}

/// What a folder with a go.mod inside a module is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nested {
    /// Another module.
    Modules,
    /// Nothing special: the cache has only what belongs to the module.
    Packages,
}

/// `sub` of `example.com/a/sub` in `example.com/a`.
fn below<'i>(import: &'i str, module: &str) -> Option<&'i str> {
    let rest = import.strip_prefix(module)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// The only one of the packages found.
pub(super) fn one(import: &str, mut found: Vec<Home>) -> Result<Home, Missing> {
    match (found.pop(), found.is_empty()) {
        (Some(home), true) => Ok(home),
        (Some(_), false) => Err(Missing::failed(format!("several modules have {import}"))),
        (None, _) => Err(Missing::absent(format!("no module here has {import}"))),
    }
}
