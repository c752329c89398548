use std::path::PathBuf;

use super::Drives;
use crate::model::Missing;
use crate::probes::project::GoMod;
use crate::probes::{Fact, Probing};

/// Where the project lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectPlace {
    /// The folder of its module; None where the folder lies in none.
    pub folder: Option<PathBuf>,
    /// That folder as Windows names it, when it lies there.
    pub windows: Option<String>,
    /// What is mounted there, `9p` and the like.
    pub kind: Option<String>,
}

impl Fact for ProjectPlace {
    const ID: &'static str = "wsl-project-place";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let drives = probing.get::<Drives>()?;
        let module = probing.get::<GoMod>()?;
        let folder = module.found.as_ref().map(|module| module.folder.clone());
        let real = folder.as_deref().and_then(|folder| host.canonical(folder).ok());
        let drive = real.as_deref().and_then(|folder| drives.holding(folder));
        Ok(ProjectPlace {
            windows: drive
                .and(real.as_deref())
                .map(|folder| drives.windows_path(folder).unwrap_or_else(|| folder.display().to_string())),
            kind: drive.map(|drive| drive.kind.clone()),
            folder,
        })
    }
}
