use std::path::{Path, PathBuf};

use crate::host::{Environment, Format, Host};
use crate::model::inspect::{Lack, LackingVersion};
use crate::model::{Binary, Context, Missing, Reason};
use crate::probes::inspect::{Found, Inspector};
use crate::probes::project::Outputs;
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing, lookup};

/// Programs that Go, its tools or a project call, and that take libraries
/// from the system.
const COMMANDS: [&str; 11] = ["git", "gcc", "g++", "clang", "as", "ld", "pkg-config", "make", "ssh", "gopls", "dlv"];

/// Where git keeps what it downloads with.
const GIT_HELPERS: [&str; 2] = ["/usr/lib/git-core/git-remote-https", "/usr/libexec/git-core/git-remote-https"];

/// Below which gcc keeps the program that compiles, by target and version.
const GCC_FOLDERS: [&str; 2] = ["/usr/lib/gcc", "/usr/libexec/gcc"];

/// How many programs of the project are looked at.
const OUTPUTS: usize = 16;

/// Shorter files have not even the header of a library.
const HEADER: u64 = 64;

/// What LD_LIBRARY_PATH does to programs of the system, for every value that
/// a context has.
#[derive(Debug, Default)]
pub struct LibraryPaths {
    /// The values that are set.
    pub found: Vec<LibraryPath>,
}

/// One value of LD_LIBRARY_PATH.
#[derive(Debug)]
pub struct LibraryPath {
    /// The value.
    pub value: String,
    /// The contexts that have it.
    pub contexts: Vec<Context>,
    /// The programs that start without it and do not start with it.
    pub broken: Vec<BrokenTool>,
}

/// A program that does not start any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenTool {
    /// The command, as people call it.
    pub name: String,
    /// The file for people.
    pub file: String,
    /// The folder of LD_LIBRARY_PATH, as it stands there.
    pub folder: String,
    /// The library that comes from there.
    pub library: PathBuf,
    /// The one of the system, which it would take otherwise.
    pub hidden: PathBuf,
    /// Why it does not do in its place.
    pub by: HiddenBy,
}

/// Why a library does not do in the place of the system's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HiddenBy {
    /// It is too old, or another's build: this version of symbols is not in
    /// it.
    Version(String),
    /// It is no library, or only a part of one.
    Damage {
        /// It has not even a whole header.
        too_short: bool,
    },
    /// It needs a library that is nowhere.
    Needs(String),
    /// It is the C library of another release than the loader.
    OtherGlibc {
        /// Its version.
        version: String,
        /// The system's.
        system: String,
    },
}

impl Fact for LibraryPaths {
    const ID: &'static str = "library-paths";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let shells = probing.get::<Contexts>()?;
        let values = shells.values("LD_LIBRARY_PATH");
        if values.is_empty() || host.machine().goos() != "linux" {
            return Ok(LibraryPaths::default());
        }
        let outputs = probing.get::<Outputs>()?;
        let plain = Inspector::with_library_path(host, "");
        let found = values.into_iter().map(|(value, contexts)| {
            let environment = contexts.first().and_then(|context| shells.get(*context).ok());
            let changed = Inspector::with_library_path(host, value.clone());
            let path = SearchedFirst { host, plain: &plain, changed: &changed, folders: folders(&value) };
            let mut broken = Vec::new();
            for (name, file) in environment.map(|it| tools(host, it)).unwrap_or_default() {
                let Ok(binary) = host.binary(&file) else { continue };
                broken.extend(path.breaks(&name, &file, &binary));
            }
            for output in outputs.found.iter().take(OUTPUTS) {
                broken.extend(path.breaks(&output.name, &output.path, &output.binary));
            }
            LibraryPath { value, contexts, broken }
        });
        Ok(LibraryPaths { found: found.collect() })
    }
}

/// The folders of a value; relative and empty ones mean another place at
/// every start.
fn folders(value: &str) -> Vec<String> {
    value.split([':', ';']).filter(|folder| folder.starts_with('/')).map(str::to_owned).collect()
}

/// The programs, by the names that people know them by.
fn tools(host: &dyn Host, environment: &Environment) -> Vec<(String, PathBuf)> {
    let real = |path: PathBuf| host.canonical(&path).unwrap_or(path);
    let commands =
        COMMANDS.iter().filter_map(|name| Some(((*name).to_owned(), real(lookup(host, name, environment)?))));
    let mut tools: Vec<(String, PathBuf)> = commands.collect();
    let helper = GIT_HELPERS.iter().map(PathBuf::from).find(|path| host.is_file(path));
    tools.extend(helper.map(|path| ("git-remote-https".to_owned(), path)));
    let below = |folder: &Path| host.read_dir(folder).unwrap_or_default().into_iter().map(|entry| entry.path);
    let compilers = GCC_FOLDERS.iter().flat_map(|folder| below(Path::new(folder)).collect::<Vec<_>>());
    let compilers = compilers.flat_map(|target| below(&target).collect::<Vec<_>>()).map(|version| version.join("cc1"));
    tools.extend(compilers.filter(|path| host.is_file(path)).map(|path| ("cc1".to_owned(), path)));
    let mut seen = Vec::new();
    tools.retain(|(_, path)| {
        !seen.contains(path) && {
            seen.push(path.clone());
            true
        }
    });
    tools
}

/// Folders that the loader searches before those of the system.
struct SearchedFirst<'a> {
    host: &'a dyn Host,
    /// Without them.
    plain: &'a Inspector<'a>,
    /// With them.
    changed: &'a Inspector<'a>,
    folders: Vec<String>,
}

impl SearchedFirst<'_> {
    /// How they break a program that starts without them.
    fn breaks(&self, name: &str, file: &Path, binary: &Binary) -> Option<BrokenTool> {
        let plain = self.plain.libraries(file, binary);
        if !plain.lacking.is_empty() || !plain.old.is_empty() {
            return None;
        }
        let changed = self.changed.libraries(file, binary);
        let (asked, by) = self.reason(&plain, &changed)?;
        // A library of a library in there may be one that the system lacks.
        let hidden = plain.loaded.get(&asked).cloned().flatten()?;
        let folder = self.folders.iter().find(|folder| self.host.exists(&Path::new(folder).join(&asked)))?;
        Some(BrokenTool {
            name: name.to_owned(),
            file: self.host.machine().tilde(file),
            folder: folder.clone(),
            library: Path::new(folder).join(&asked),
            hidden,
            by,
        })
    }

    /// The name of the library that is at fault, in the order in which the
    /// loader comes upon faults: it opens all, and looks at versions then.
    fn reason(&self, plain: &Found, changed: &Found) -> Option<(String, HiddenBy)> {
        let hides = |name: &&String| self.is_hidden(name, plain, changed);
        let damage = plain.loaded.keys().find_map(|name| Some((name.clone(), self.damage(name)?)));
        let needs = || {
            let lack = changed.lacking.iter().find(|it| matches!(it.lack, Lack::Nowhere | Lack::NotInCache(_)))?;
            let by = lack.needed_by.as_ref()?;
            let name = changed.loaded.iter().find(|(_, path)| path.as_ref() == Some(by))?.0;
            Some((name.clone(), HiddenBy::Needs(lack.name.clone()))).filter(|(name, _)| hides(&name))
        };
        let version = || {
            let LackingVersion { library, version, .. } = changed.old.iter().find(|lack| hides(&&lack.library))?;
            Some((library.clone(), HiddenBy::Version(version.clone())))
        };
        let glibc = || {
            let libc = "libc.so.6".to_owned();
            let (version, system) = (changed.glibc.clone()?, plain.glibc.clone()?);
            (version != system && hides(&&libc)).then_some((libc, HiddenBy::OtherGlibc { version, system }))
        };
        damage.or_else(needs).or_else(version).or_else(glibc)
    }

    /// True when another file is taken for a name.
    fn is_hidden(&self, name: &str, plain: &Found, changed: &Found) -> bool {
        let real = |found: &Found| found.loaded.get(name)?.as_ref().and_then(|path| self.host.canonical(path).ok());
        match (real(plain), real(changed)) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        }
    }

    /// A file in the place of a library that is none: the loader stops over
    /// it, and looks no further.
    fn damage(&self, name: &str) -> Option<HiddenBy> {
        let first =
            self.folders.iter().map(|folder| Path::new(folder).join(name)).find(|path| self.host.is_file(path))?;
        let is_damaged = match self.host.binary(&first) {
            Ok(binary) => binary.format != Format::Elf,
            Err(missing) => missing.reason == Reason::Damaged,
        };
        let size = self.host.stat(&first).map_or(HEADER, |stat| stat.size);
        is_damaged.then_some(HiddenBy::Damage { too_short: size < HEADER })
    }
}
