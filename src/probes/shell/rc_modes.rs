use std::path::PathBuf;

use super::RcFiles;
use super::rc_files::StartFiles;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// File systems on which permission bits are made up.
const WITHOUT_MODES: [&str; 9] = ["9p", "drvfs", "vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "cifs"];

/// Whose hands the user's own start files are in.
#[derive(Debug)]
pub struct RcModes {
    /// Each file with its permission bits, where those mean something.
    pub files: Vec<(PathBuf, Result<u32, Missing>)>,
}

impl Fact for RcModes {
    const ID: &'static str = "rc-modes";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let StartFiles(RcFiles { files, .. }) = &*probing.get::<StartFiles>()?;
        let machine = host.machine();
        let own =
            files.iter().filter(|file| machine.user.home.as_ref().is_some_and(|home| file.path.starts_with(home)));
        let has_modes = |file: &&super::RcFile| {
            !host.filesystem(&file.path).is_ok_and(|system| WITHOUT_MODES.contains(&system.kind.as_str()))
        };
        let mode = |file: &super::RcFile| match host.stat(&file.path) {
            Ok(stat) => (stat.uid == machine.user.uid).then(|| (file.path.clone(), Ok(stat.mode & 0o7777))),
            Err(missing) => Some((file.path.clone(), Err(missing))),
        };
        Ok(RcModes { files: own.filter(has_modes).filter_map(mode).collect() })
    }
}
