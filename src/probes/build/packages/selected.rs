//! What a build takes from the folder of a package.

use super::folder::Folder;
use super::head::Head;
use super::target::{CgoUse, Tags};
use crate::host::Host;
use crate::model::Missing;

/// What a build takes from a folder.
#[derive(Debug, Default)]
pub(super) struct Selected {
    /// The package's name, from the first file.
    pub(super) name: Option<String>,
    /// What the files import, with C's own.
    pub(super) imports: Vec<String>,
    /// How many files are taken.
    pub(super) files: usize,
    /// The first file that is taken and imports C.
    pub(super) cgo_file: Option<usize>,
    /// The first file that would be taken, and imports C, were cgo in use.
    pub(super) left_out: Option<usize>,
    /// Why a file could not be read.
    pub(super) missing: Option<Missing>,
}

impl Selected {
    /// Chooses among the files of a folder.
    pub(super) fn of(host: &dyn Host, folder: &Folder, tags: &Tags) -> Selected {
        let mut selected = Selected::default();
        let with_cgo = tags.with_cgo();
        for (at, file) in folder.files.iter().enumerate().filter(|(_, file)| tags.take_name(&file.name)) {
            let head = match file.head(host) {
                Ok(head) => head,
                Err(missing) => {
                    selected.missing.get_or_insert_with(|| missing.clone());
                    continue;
                }
            };
            if head.package == "documentation" {
                continue;
            }
            let takes = |tags: &Tags| match &head.constraint {
                Ok(constraint) => constraint.as_ref().is_none_or(|constraint| tags.meet(constraint)),
                Err(_) => false,
            };
            match (head.uses_c(), tags.cgo()) {
                (true, CgoUse::Off) if takes(&with_cgo) => {
                    selected.left_out.get_or_insert(at);
                }
                (true, CgoUse::On) if takes(tags) => {
                    selected.cgo_file.get_or_insert(at);
                    selected.take(head);
                }
                (false, _) if takes(tags) => selected.take(head),
                _ => {}
            }
        }
        selected
    }

    fn take(&mut self, head: &Head) {
        self.files += 1;
        self.name.get_or_insert_with(|| head.package.clone());
        self.imports.extend(head.imports.iter().map(|import| import.path.clone()).filter(|path| path != "C"));
    }
}
