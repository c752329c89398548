use std::path::PathBuf;

use super::RcFiles;
use crate::host::{Filesystem, Stat};
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// Who may write the start files.
#[derive(Debug)]
pub struct RcModes {
    /// The files, as [`RcFiles`] has them.
    pub files: Vec<RcMode>,
}

/// Who may write one start file.
#[derive(Debug)]
pub struct RcMode {
    /// The file, with links followed.
    pub path: PathBuf,
    /// The path for people.
    pub name: String,
    /// True when a fix may change it.
    pub own: bool,
    /// Its mode and owner.
    pub stat: Result<Stat, Missing>,
    /// True where every file has the same made-up mode, as on a drive of
    /// Windows.
    pub made_up: bool,
}

/// File systems that know no modes.
const WITHOUT_MODES: [&str; 8] = ["9p", "drvfs", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "v9fs"];

impl Fact for RcModes {
    const ID: &'static str = "start-file-modes";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let rc = probing.get::<RcFiles>()?;
        let is_without_modes = |system: Filesystem| WITHOUT_MODES.contains(&system.kind.as_str());
        let files = rc.files.iter().map(|file| RcMode {
            path: host.canonical(&file.path).unwrap_or_else(|_| file.path.clone()),
            name: file.name.clone(),
            own: file.own,
            stat: host.stat(&file.path),
            made_up: host.filesystem(&file.path).is_ok_and(is_without_modes),
        });
        Ok(RcModes { files: files.collect() })
    }
}
