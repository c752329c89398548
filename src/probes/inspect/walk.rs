use std::path::PathBuf;

use crate::host::{FileKind, Host};

/// The regular files below a folder, named from it on, in order. Links are
/// not followed; what cannot be listed is passed over.
#[must_use]
pub fn walk(host: &dyn Host, folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let place = host.machine().folder.join(&folder);
        for entry in host.read_dir(&place).unwrap_or_default() {
            let path = folder.join(&entry.name);
            match entry.kind {
                FileKind::Folder => folders.push(path),
                FileKind::File => found.push(path.display().to_string()),
                FileKind::Link | FileKind::Special => {}
            }
        }
    }
    found.sort();
    found
}
