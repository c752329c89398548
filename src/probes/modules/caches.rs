use std::path::{Path, PathBuf};

use super::foreign::{Foreign, foreign_parts};
use crate::host::{Access, FileKind, Filesystem, Host, Stat};
use crate::model::{Context, Missing};
use crate::probes::go::{Setting, Settings, View};
use crate::probes::{Fact, Probing};

/// The folders that Go writes to, as the contexts name them.
#[derive(Debug)]
pub struct Caches {
    /// The folders, each once for what it is used for.
    pub folders: Vec<CacheFolder>,
}

/// A folder that Go writes to.
#[derive(Debug)]
pub struct CacheFolder {
    /// What it is used for.
    pub role: Role,
    /// Where it lies, as the setting says.
    pub path: PathBuf,
    /// The setting that decides, with its name; None for Go's default.
    pub decided_by: Option<(&'static str, Setting)>,
    /// The contexts that name it.
    pub contexts: Vec<Context>,
    /// What stands there.
    pub place: Place,
    /// The folder itself; or that of Go it lies in, where the same other user
    /// has that too: `~/go`, of which `~/go/pkg/mod` is but a part.
    pub outermost: PathBuf,
    /// What it lies on, or would.
    pub filesystem: Result<Filesystem, Missing>,
    /// Folders in it, two levels deep at most, that belong to somebody else
    /// and that this user cannot write to.
    pub foreign: Result<Vec<Foreign>, Missing>,
}

/// What Go uses a folder for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Compiled packages and test results.
    Build,
    /// Downloaded modules.
    Modules,
    /// Programs that `go install` makes.
    Programs,
    /// What a build needs while it runs.
    Work,
}

/// What stands at a path that Go writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder.
    Folder {
        /// Its metadata.
        stat: Stat,
        /// This user can make entries in it.
        writable: bool,
    },
    /// Nothing yet. The nearest folder above decides whether it can be made.
    Absent {
        /// That folder.
        above: PathBuf,
        /// Its metadata.
        stat: Stat,
        /// This user can make entries in it.
        writable: bool,
    },
    /// Something else: this is it.
    NoFolder(PathBuf),
    /// It could not be looked at.
    Unknown(Missing),
}

impl Role {
    /// Every use of a folder.
    pub const ALL: [Role; 4] = [Role::Build, Role::Modules, Role::Programs, Role::Work];

    /// The setting that names the folder.
    #[must_use]
    pub fn setting(self) -> &'static str {
        match self {
            Role::Build => "GOCACHE",
            Role::Modules => "GOMODCACHE",
            Role::Programs => "GOBIN",
            Role::Work => "GOTMPDIR",
        }
    }

    /// The folder in words, as the beginning of a sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Role::Build => "The build cache",
            Role::Modules => "The module cache",
            Role::Programs => "The folder for installed programs",
            Role::Work => "The folder Go builds in",
        }
    }

    /// The settings that decide, the first that is set.
    fn deciders(self) -> &'static [&'static str] {
        match self {
            Role::Build => &["GOCACHE", "XDG_CACHE_HOME"],
            Role::Modules => &["GOMODCACHE", "GOPATH"],
            Role::Programs => &["GOBIN", "GOPATH"],
            Role::Work => &["GOTMPDIR", "TMPDIR"],
        }
    }

    fn path(self, view: &View) -> Option<PathBuf> {
        let path = match self {
            Role::Programs => view.bin_folder(),
            Role::Build | Role::Modules | Role::Work => Some(PathBuf::from(view.value(self.setting()))),
        };
        // What is no path is another check's business.
        path.filter(|path| path.is_absolute())
    }
}

impl Fact for Caches {
    const ID: &'static str = "go-caches";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let mut folders: Vec<CacheFolder> = Vec::new();
        for (context, view) in settings.views() {
            for role in Role::ALL {
                let Some(path) = role.path(view) else { continue };
                match folders.iter_mut().find(|folder| folder.role == role && folder.path == path) {
                    Some(known) => known.contexts.push(context),
                    None => folders.push(CacheFolder::read(host, role, path, view, context)),
                }
            }
        }
        Ok(Caches { folders })
    }
}

impl CacheFolder {
    fn read(host: &dyn Host, role: Role, path: PathBuf, view: &View, context: Context) -> CacheFolder {
        let place = Place::read(host, &path);
        let foreign = match (&place, role) {
            (Place::Folder { writable: true, .. }, Role::Build) => foreign_parts(host, &path, 1),
            (Place::Folder { writable: true, .. }, Role::Modules) => foreign_parts(host, &path, 2),
            _ => Ok(Vec::new()),
        };
        CacheFolder {
            role,
            decided_by: role.deciders().iter().find_map(|name| Some((*name, view.get(name)?))),
            contexts: vec![context],
            filesystem: host.filesystem(&path),
            outermost: outermost(host, &path, &place),
            place,
            foreign,
            path,
        }
    }
}

/// Go keeps more than the module cache in GOPATH: the checksum database has its
/// own folder below `pkg`.
fn outermost(host: &dyn Host, path: &Path, place: &Place) -> PathBuf {
    let user = &host.machine().user;
    let owner = match place {
        Place::Folder { stat, writable: false } if stat.uid != user.uid && path.ends_with("pkg/mod") => stat.uid,
        _ => return path.to_owned(),
    };
    let is_his = |folder: &&Path| host.stat(folder).is_ok_and(|stat| stat.uid == owner);
    let within_home = path.ancestors().take(3).take_while(|folder| user.home.as_deref() != Some(*folder));
    within_home.take_while(is_his).last().unwrap_or(path).to_owned()
}

impl Place {
    /// Looks at a path, and at the nearest folder above it that exists.
    pub(crate) fn read(host: &dyn Host, path: &Path) -> Place {
        let writable = |path: &Path| host.access(path, Access::Write);
        for ancestor in path.ancestors() {
            let stat = match host.stat(ancestor) {
                Ok(stat) => stat,
                Err(missing) if missing.is_absent() => continue,
                Err(missing) => return Place::Unknown(missing),
            };
            if stat.kind != FileKind::Folder {
                return Place::NoFolder(ancestor.to_owned());
            }
            return match writable(ancestor) {
                Ok(writable) if ancestor == path => Place::Folder { stat, writable },
                Ok(writable) => Place::Absent { above: ancestor.to_owned(), stat, writable },
                Err(missing) => Place::Unknown(missing),
            };
        }
        Place::Unknown(Missing::absent(format!("{}: no folder above it exists", path.display())))
    }
}

impl Caches {
    /// The folders of one use.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &CacheFolder> {
        self.folders.iter().filter(move |folder| folder.role == role)
    }
}
