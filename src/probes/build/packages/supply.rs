//! Where what is imported from other modules lies.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::graph::Graph;
use super::home::{Home, Origin};
use super::homes::{Homes, Nested, one};
use super::sources::{Source, Sources};
use crate::host::Host;
use crate::model::Missing;

/// Where what is imported from other modules lies.
#[derive(Debug)]
pub(super) enum Supply {
    /// The vendor folder, with the paths of its modules.
    Vendor(PathBuf, HashSet<String>),
    /// The module cache and replacements.
    Modules(ModuleSupply),
}

/// Modules of the cache and of other folders.
#[derive(Debug)]
pub(super) struct ModuleSupply {
    /// Where each comes from.
    sources: Sources,
    /// The versions that the one main module lists, when it lists all that
    /// its packages need: they are looked at before the graph is.
    listed: Option<Graph>,
    graph: OnceLock<Graph>,
}

impl Supply {
    /// The only package for an import, of those here and those that the main
    /// modules have.
    pub(super) fn find(
        &self,
        host: &dyn Host,
        homes: &Homes,
        import: &str,
        mut own: Vec<Home>,
    ) -> Result<Home, Missing> {
        match self {
            Supply::Vendor(folder, modules) => {
                let folder = folder.join(import);
                if homes.folders.has_go(host, &folder)? {
                    let module = prefixes(import).find_map(|path| modules.get(path));
                    let module =
                        module.ok_or_else(|| Missing::failed(format!("modules.txt has no module for {import}")))?;
                    let module = module.clone();
                    own.push(Home { package: import.to_owned(), folder, module, origin: Origin::Module });
                }
                one(import, own)
            }
            Supply::Modules(supply) => supply.find(host, homes, import, own),
        }
    }
}

impl ModuleSupply {
    pub(super) fn new(sources: Sources, listed: Option<Graph>) -> Self {
        ModuleSupply { sources, listed, graph: OnceLock::new() }
    }

    /// Looks into the modules that are listed, and else into all of the graph.
    fn find(&self, host: &dyn Host, homes: &Homes, import: &str, own: Vec<Home>) -> Result<Home, Missing> {
        if let Some(listed) = &self.listed {
            let mut found = own.clone();
            self.look(host, homes, listed, import, &mut found)?;
            if !found.is_empty() {
                return one(import, found);
            }
        }
        let graph = self.graph.get_or_init(|| {
            let roots = homes.mains.iter().flat_map(|main| main.requires.iter().cloned()).collect();
            Graph::read(host, &self.sources, roots)
        });
        let mut found = own;
        if found.is_empty()
            && let Some(missing) = &graph.missing
        {
            return Err(missing.about(import));
        }
        self.look(host, homes, graph, import, &mut found)?;
        one(import, found)
    }

    /// Looks into each module whose path begins the import.
    fn look(
        &self,
        host: &dyn Host,
        homes: &Homes,
        graph: &Graph,
        import: &str,
        found: &mut Vec<Home>,
    ) -> Result<(), Missing> {
        for path in prefixes(import) {
            let is_main = homes.mains.iter().any(|main| main.path == path);
            if let Some(version) = graph.selected.get(path).filter(|_| !is_main) {
                let source = self.sources.of(path, version);
                let nested = match source {
                    Source::Folder(_) => Nested::Modules,
                    Source::Cached(..) => Nested::Packages,
                };
                let folder = source.folder(&self.sources.cache);
                // Go would fetch it to see whether the package is in it.
                let lacks = |missing: Missing| missing.about(format!("{path}@{version} is not here"));
                homes.folders.get(host, &folder).map_err(lacks)?;
                found.extend(homes.within(host, path, &folder, import, nested)?);
            }
        }
        Ok(())
    }
}

/// A path and all that it lies below, from the longest on.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(parent, _)| parent))
}
