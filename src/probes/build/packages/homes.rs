//! In which folder the package of an import path lies.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::folder::Folders;
use super::graph::{Follow, Graph};
use super::sources::{Source, Sources};
use crate::host::Host;
use crate::model::Missing;

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
    fn vendor(self) -> Option<&'static str> {
        match self {
            Origin::Std => Some("vendor"),
            Origin::Cmd => Some("cmd/vendor"),
            Origin::Module => None,
        }
    }
}

/// A package where it lies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

/// Where what is imported from other modules lies.
#[derive(Debug)]
pub(super) enum Supply {
    /// The vendor folder, with the paths of its modules.
    Vendor(PathBuf, Vec<String>),
    /// The module cache and replacements.
    Modules(ModuleSupply),
}

/// Modules of the cache and of other folders.
#[derive(Debug)]
pub(super) struct ModuleSupply {
    /// Where each comes from.
    pub(super) sources: Sources,
    /// The versions that the one main module lists, when it lists all that
    /// its packages need: they are looked at before the graph is.
    pub(super) listed: Option<Graph>,
    graph: OnceLock<Graph>,
}

impl ModuleSupply {
    pub(super) fn new(sources: Sources, listed: Option<Graph>) -> Self {
        ModuleSupply { sources, listed, graph: OnceLock::new() }
    }
}

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
    known: Mutex<HashMap<(Origin, String), Result<Home, Missing>>>,
}

impl Homes {
    pub(super) fn new(std: PathBuf, mains: Vec<MainModule>, supply: Supply) -> Self {
        Homes { std, mains, supply, folders: Folders::default(), known: Mutex::default() }
    }

    /// The package that an import leads to, or why it is not known.
    pub(super) fn find(&self, host: &dyn Host, import: &str, from: Origin) -> Result<Home, Missing> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (from, import.to_owned());
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        let found = self.look(host, import, from);
        lock().insert(key, found.clone());
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
        match &self.supply {
            Supply::Vendor(folder, modules) => found.extend(self.vendored(host, folder, modules, import)?),
            Supply::Modules(supply) => return self.supplied(host, supply, import, found),
        }
        one(import, found)
    }

    fn vendored(
        &self,
        host: &dyn Host,
        root: &Path,
        modules: &[String],
        import: &str,
    ) -> Result<Option<Home>, Missing> {
        let folder = root.join(import);
        if !self.folders.has_go(host, &folder)? {
            return Ok(None);
        }
        let module = modules.iter().filter(|module| below(import, module).is_some()).max_by_key(|module| module.len());
        let module = module.ok_or_else(|| Missing::failed(format!("modules.txt has no module for {import}")))?;
        Ok(Some(Home { package: import.to_owned(), folder, module: module.clone(), origin: Origin::Module }))
    }

    /// Looks into the modules that are listed, and else into all of the graph.
    fn supplied(&self, host: &dyn Host, supply: &ModuleSupply, import: &str, own: Vec<Home>) -> Result<Home, Missing> {
        if let Some(listed) = &supply.listed {
            let mut found = own.clone();
            self.in_modules(host, supply, listed, import, &mut found)?;
            if !found.is_empty() {
                return one(import, found);
            }
        }
        let graph = supply.graph.get_or_init(|| {
            let roots = self.mains.iter().flat_map(|main| main.requires.iter().cloned()).collect();
            Graph::read(host, &supply.sources, roots)
        });
        let mut found = own;
        if found.is_empty()
            && let Some(missing) = &graph.missing
        {
            return Err(Missing::new(missing.reason, format!("{import}: {}", missing.detail)));
        }
        self.in_modules(host, supply, graph, import, &mut found)?;
        one(import, found)
    }

    /// Looks into each module whose path begins the import.
    fn in_modules(
        &self,
        host: &dyn Host,
        supply: &ModuleSupply,
        graph: &Graph,
        import: &str,
        found: &mut Vec<Home>,
    ) -> Result<(), Missing> {
        let mut path = import;
        loop {
            let is_main = self.mains.iter().any(|main| main.path == path);
            if let Some(version) = graph.selected.get(path).filter(|_| !is_main) {
                let source = supply.sources.of(path, version);
                let nested = match source {
                    Source::Folder(_) => Nested::Modules,
                    Source::Cached(..) => Nested::Packages,
                };
                let folder = source.folder(&supply.sources.cache);
                // Go would fetch it to see whether the package is in it.
                self.folders.get(host, &folder)?;
                found.extend(self.within(host, path, &folder, import, nested)?);
            }
            let Some((parent, _)) = path.rsplit_once('/') else { return Ok(()) };
            path = parent;
        }
    }

    /// The package in a module, if it is there.
    fn within(
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
enum Nested {
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
fn one(import: &str, mut found: Vec<Home>) -> Result<Home, Missing> {
    match (found.pop(), found.is_empty()) {
        (Some(home), true) => Ok(home),
        (Some(_), false) => Err(Missing::failed(format!("several modules have {import}"))),
        (None, _) => Err(Missing::absent(format!("no module here has {import}"))),
    }
}
