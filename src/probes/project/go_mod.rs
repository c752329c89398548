use std::path::{Path, PathBuf};

use super::modfile::ModFile;
use crate::host::Host;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The go.mod of the folder that is looked at: the nearest one upwards.
#[derive(Debug)]
pub struct GoMod {
    /// The file; None when the folder lies in no module.
    pub found: Option<ModuleFile>,
}

/// A go.mod file where it lies.
#[derive(Debug)]
pub struct ModuleFile {
    /// The file.
    pub path: PathBuf,
    /// The folder it lies in: the root of the module.
    pub folder: PathBuf,
    /// The file for people.
    pub name: String,
    /// What it says.
    pub content: Result<ModFile, Missing>,
}

impl Fact for GoMod {
    const ID: &'static str = "go-mod";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let path = nearest(host, &host.machine().folder, "go.mod");
        Ok(GoMod { found: path.map(|path| ModuleFile::read(host, path)) })
    }
}

impl ModuleFile {
    /// The file at that path, be it there or not.
    pub(super) fn read(host: &dyn Host, path: PathBuf) -> ModuleFile {
        ModuleFile {
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            name: host.machine().tilde(&path),
            content: host.read_text(&path).map(|text| ModFile::parse(&text)),
            path,
        }
    }
}

/// The nearest file of that name, from a folder upwards.
pub(super) fn nearest(host: &dyn Host, folder: &Path, name: &str) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(name)).find(|path| host.is_file(path))
}
