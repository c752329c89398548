//! What the dynamic loader of this system would bring, in its own order.
//!
//! The libraries of the libraries count as well: one that is lacking keeps
//! the program from starting.

mod cache;
mod configured;
mod folders;
mod rules;
mod versions;

#[cfg(any(test, fuzzing))]
pub(crate) use self::cache::read_cache;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use self::folders::{Object, SearchPath};
use self::rules::Rules;
use crate::host::Host;
use crate::model::binary::Linking;
use crate::model::inspect::{Lack, LackingLibrary, LackingVersion};
use crate::model::{Binary, Format};

/// How many libraries one program is followed to.
const LIBRARIES: usize = 1024;
/// How many paths are tried for one program: a hundred times what programs
/// with long search paths need.
const TRIES: usize = 32 * 1024;

/// What the loader found for one file.
#[derive(Debug, Default)]
pub struct Found {
    /// Every library by the name it was asked by; None where it is lacking.
    pub loaded: BTreeMap<String, Option<PathBuf>>,
    /// What is lacking.
    pub lacking: Vec<LackingLibrary>,
    /// What is there in versions that are too old.
    pub old: Vec<LackingVersion>,
    /// The newest version of glibc that the program gets.
    pub glibc: Option<String>,
    /// Whether all was followed that it asks for.
    pub extent: Extent,
}

/// How far a program was followed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// To its end.
    #[default]
    Whole,
    /// It asks for more than is followed.
    Part,
}

/// The loader of this system.
pub(super) struct Loader<'a> {
    host: &'a dyn Host,
    search: SearchPath<'a>,
    /// Libraries that were read, by path.
    read: Mutex<HashMap<PathBuf, Option<Arc<Binary>>>>,
}

impl<'a> Loader<'a> {
    /// With this LD_LIBRARY_PATH, or else with that of this session.
    pub(super) fn new(host: &'a dyn Host, library_path: Option<String>) -> Self {
        Loader { host, search: SearchPath::new(host, library_path), read: Mutex::default() }
    }

    /// Follows what a file asks for. Nothing is found for what is no dynamic
    /// ELF file, or for a loader whose ways are not known.
    pub(super) fn load(&self, path: &Path, binary: &Binary) -> Found {
        if binary.format != Format::Elf || binary.linking != Some(Linking::Dynamic) {
            return Found::default();
        }
        let Some(rules) = Rules::of(binary) else { return Found::default() };
        let root = Arc::new(Object::root(self.host, path, binary.clone()));
        let mut loading =
            Loading { loader: self, rules, root: &root, found: Found::default(), all: vec![root.clone()], tries: 0 };
        loading.run();
        let Loading { mut found, all, .. } = loading;
        if rules.versions_count() {
            found.old = versions::lacking(&all, &found.loaded);
        }
        found.glibc = versions::glibc(&all);
        found
    }

    /// The library at a path; None when there is no ELF file.
    fn library(&self, path: &Path) -> Option<Arc<Binary>> {
        if let Some(known) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return known.clone();
        }
        let binary = self.host.binary(path).ok().filter(|binary| binary.format == Format::Elf).map(Arc::new);
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), binary.clone());
        binary
    }
}

/// One program while its libraries are followed.
struct Loading<'a> {
    loader: &'a Loader<'a>,
    rules: Rules,
    root: &'a Arc<Object>,
    found: Found,
    all: Vec<Arc<Object>>,
    tries: usize,
}

impl Loading<'_> {
    /// Breadth first, as loaders do: a name that is loaded is not looked for
    /// again.
    fn run(&mut self) {
        let mut queue = VecDeque::from([Arc::clone(self.root)]);
        while let Some(object) = queue.pop_front() {
            for name in &object.binary.needed {
                if self.found.loaded.contains_key(name) {
                    continue;
                }
                if self.found.loaded.len() >= LIBRARIES || self.tries >= TRIES {
                    self.found.extent = Extent::Part;
                    return;
                }
                let found = self.find(name, &object);
                let path = found.as_ref().ok().map(|(path, _)| path.clone());
                self.found.loaded.insert(name.clone(), path);
                match found {
                    Ok((path, Some(binary))) => {
                        let library = Arc::new(Object::library(self.loader.host, name, &path, binary, &object));
                        self.all.push(Arc::clone(&library));
                        queue.push_back(library);
                    }
                    Ok((_, None)) => {}
                    Err(lack) => {
                        let needed_by = (!Arc::ptr_eq(&object, self.root)).then(|| object.path.clone());
                        self.found.lacking.push(LackingLibrary { name: name.clone(), needed_by, lack });
                    }
                }
            }
        }
    }

    /// The file that a name leads to, and what it is. The loader itself is
    /// there already.
    fn find(&mut self, name: &str, object: &Object) -> Result<(PathBuf, Option<Arc<Binary>>), Lack> {
        if let Some(interpreter) = self.rules.itself(name, &self.root.binary) {
            let binary = self.loader.library(&interpreter);
            return Ok((interpreter, binary));
        }
        let mut foreign = None;
        let search = &self.loader.search;
        for path in search.candidates(self.rules, name, object, &self.root.binary).into_iter().take(TRIES) {
            self.tries += 1;
            match self.loader.library(&path) {
                Some(binary) if self.suits(&binary) => return Ok((path, Some(binary))),
                Some(_) => foreign = foreign.or(Some(path)),
                None => {}
            }
        }
        if let Some(path) = search
            .configured(self.rules, name)
            .find(|path| self.loader.library(path).is_some_and(|binary| self.suits(&binary)))
        {
            return Err(Lack::NotInCache(path));
        }
        Err(foreign.map_or(Lack::Nowhere, Lack::Foreign))
    }

    /// Of the same architecture; loaders pass over others.
    fn suits(&self, library: &Binary) -> bool {
        let own = &self.root.binary;
        (library.goarch == own.goarch) && (library.width == own.width)
    }
}
