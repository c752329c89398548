use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use crate::collections::order;
use crate::host::Host;
use crate::model::{GoVersion, Missing};
use crate::probes::go::{Installation, Installations, Origin};
use crate::probes::{Fact, Probing};

/// The folders that bring a `go` command when they are put on PATH, the
/// newest Go first.
#[derive(Debug)]
pub struct GoFolders {
    /// The folders, each once.
    pub found: Vec<GoFolder>,
}

/// A folder with a `go` command of an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoFolder {
    /// The folder.
    pub folder: PathBuf,
    /// The installation's version.
    pub version: Option<GoVersion>,
    /// Who put it there.
    pub origin: Origin,
}

impl Fact for GoFolders {
    const ID: &'static str = "go-folders";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let installations = probing.get::<Installations>()?;
        let mut found: Vec<GoFolder> = Vec::new();
        for installation in &installations.found {
            let folder = folder_of(host, installation);
            let known = found.iter_mut().find(|known| known.folder == folder);
            match known {
                // One folder of shims stands for several versions.
                Some(known) => known.version = known.version.take().max(installation.version.clone()),
                None => {
                    found.push(GoFolder { folder, version: installation.version.clone(), origin: installation.origin })
                }
            }
        }
        order::sort_by_key(&mut found, |folder| Reverse(folder.version.clone()));
        Ok(GoFolders { found })
    }
}

/// Where the `go` of an installation is meant to be found: a version
/// manager's shims, a package manager's own folder, or else `bin` in the root.
fn folder_of(host: &dyn Host, installation: &Installation) -> PathBuf {
    let root = &installation.root;
    let meant = match installation.origin {
        Origin::Snap => Some(PathBuf::from("/snap/bin")),
        Origin::Goenv => above(root, "versions").map(|base| base.join("shims")),
        Origin::Asdf | Origin::Mise => above(root, "installs").map(|base| base.join("shims")),
        Origin::Homebrew => above(root, "opt").map(|base| base.join("bin")),
        _ => None,
    };
    meant.filter(|folder| host.is_executable(&folder.join("go"))).unwrap_or_else(|| root.join("bin"))
}

/// The folder above the part of a path that has this name.
fn above<'a>(path: &'a Path, name: &str) -> Option<&'a Path> {
    path.ancestors().find(|ancestor| ancestor.ends_with(name))?.parent()
}
