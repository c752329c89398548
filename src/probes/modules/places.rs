use std::path::{Path, PathBuf};

use crate::host::{Access, Filesystem, Host};
use crate::model::{Context, Missing};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::{Fact, Probing};

/// How many entries of a folder are looked at for their owners.
const ENTRY_LIMIT: usize = 512;

/// How many foreign entries are told.
const FOREIGN_LIMIT: usize = 4;

/// The folders that the Go in use writes to.
#[derive(Debug)]
pub struct Places {
    /// The context whose Go this is about.
    pub context: Context,
    /// The folders.
    pub found: Vec<Place>,
}

/// What Go keeps in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// GOMODCACHE: downloaded modules.
    Modules,
    /// GOCACHE: what builds have made.
    Builds,
    /// The folder for what `go install` makes.
    Programs,
    /// GOTMPDIR, or else TMPDIR: builds in progress.
    Temporary,
}

/// A folder that Go writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What Go keeps in it.
    pub kind: PlaceKind,
    /// The folder, as the setting names it.
    pub path: PathBuf,
    /// The folder itself, or its nearest ancestor that exists.
    pub nearest: PathBuf,
    /// Whether this user may make entries there.
    pub writable: Result<bool, Missing>,
    /// Entries of the two topmost levels that belong to somebody else, with
    /// the user id.
    pub foreign: Vec<(PathBuf, u32)>,
    /// What it lies on.
    pub filesystem: Result<Filesystem, Missing>,
}

impl PlaceKind {
    /// The setting that names the folder.
    #[must_use]
    pub fn setting(self) -> &'static str {
        match self {
            PlaceKind::Modules => "GOMODCACHE",
            PlaceKind::Builds => "GOCACHE",
            PlaceKind::Programs => "GOBIN",
            PlaceKind::Temporary => "GOTMPDIR",
        }
    }

    /// What Go keeps there, in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            PlaceKind::Modules => "module cache",
            PlaceKind::Builds => "build cache",
            PlaceKind::Programs => "folder for programs",
            PlaceKind::Temporary => "folder for builds in progress",
        }
    }
}

impl Fact for Places {
    const ID: &'static str = "caches";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (settings, toolchains) = (probing.get::<Settings>()?, probing.get::<Toolchains>()?);
        let (context, view) = settings
            .in_use(&toolchains)
            .ok_or_else(|| Missing::absent("no environment is known that a go could run in"))?;
        let folder = |kind: PlaceKind| match kind {
            PlaceKind::Programs => view.bin_folder(),
            other => Some(PathBuf::from(view.value(other.setting()))),
        };
        let kinds = [PlaceKind::Modules, PlaceKind::Builds, PlaceKind::Programs, PlaceKind::Temporary];
        let found = kinds
            .into_iter()
            .filter_map(|kind| Some((kind, folder(kind).filter(|path| path.is_absolute())?)))
            .map(|(kind, path)| Place::read(host, kind, path))
            .collect();
        Ok(Places { context, found })
    }
}

impl Place {
    fn read(host: &dyn Host, kind: PlaceKind, path: PathBuf) -> Place {
        let nearest = path.ancestors().find(|folder| host.exists(folder)).unwrap_or(Path::new("/")).to_owned();
        let writable = host.access(&nearest, Access::Write);
        let foreign = if nearest == path && kind != PlaceKind::Temporary { foreign(host, &path) } else { Vec::new() };
        let filesystem = host.filesystem(&nearest);
        Place { kind, path, nearest, writable, foreign, filesystem }
    }
}

/// Entries of the folder and of its folders that belong to somebody else.
/// Root may write everywhere, so for root nothing is foreign.
fn foreign(host: &dyn Host, folder: &Path) -> Vec<(PathBuf, u32)> {
    let uid = host.machine().user.uid;
    let mut found = Vec::new();
    if uid == 0 {
        return found;
    }
    let mut level = vec![folder.to_owned()];
    for _ in 0..2 {
        let mut below = Vec::new();
        for folder in level {
            for entry in host.read_dir(&folder).unwrap_or_default().into_iter().take(ENTRY_LIMIT) {
                let Ok(stat) = host.link_stat(&entry.path) else { continue };
                if stat.uid != uid && found.len() < FOREIGN_LIMIT {
                    found.push((entry.path.clone(), stat.uid));
                }
                if entry.kind == crate::host::FileKind::Folder && below.len() < ENTRY_LIMIT {
                    below.push(entry.path);
                }
            }
        }
        // A build cache has 256 folders with thousands of files: the first
        // level tells.
        if below.len() > 64 || !found.is_empty() {
            break;
        }
        level = below;
    }
    found
}

impl Places {
    /// The folder of a kind.
    #[must_use]
    pub fn get(&self, kind: PlaceKind) -> Option<&Place> {
        self.found.iter().find(|place| place.kind == kind)
    }
}
