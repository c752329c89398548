use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ProjectPlace;
use crate::host::{FileKind, Host};
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// What it costs to look at the files of a project on Windows; nothing for
/// one that does not lie there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectCost {
    /// How many files were looked at.
    pub files: usize,
    /// How long that took.
    pub took: Duration,
}

/// How many files are looked at, and how many folders for them.
const FILES: usize = 200;
const FOLDERS: usize = 40;

impl Fact for ProjectCost {
    const ID: &'static str = "windows-project-cost";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let place = probing.get::<ProjectPlace>()?;
        let Some(folder) = place.folder.as_ref().filter(|_| place.windows.is_some()) else {
            return Ok(ProjectCost { files: 0, took: Duration::ZERO });
        };
        let files = some_files(host, folder);
        let took = host.lookup_time(&files)?;
        Ok(ProjectCost { files: files.len(), took })
    }
}

/// The first files that a walk comes to; hidden folders are left out.
fn some_files(host: &dyn Host, folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    let mut looked = 0;
    while let Some(folder) = folders.pop().filter(|_| looked < FOLDERS && files.len() < FILES) {
        looked += 1;
        for entry in host.read_dir(&folder).unwrap_or_default() {
            match entry.kind {
                FileKind::File => files.push(entry.path),
                FileKind::Folder if !entry.name.starts_with('.') => folders.push(entry.path),
                _ => {}
            }
        }
    }
    files.truncate(FILES);
    files
}
