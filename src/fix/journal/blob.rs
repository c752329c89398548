use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Fingerprint;
use crate::fix::disk::Disk;
use crate::fix::io_text;

/// A content that is kept in a file of its own beside the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// The name of that file.
    file: String,
    /// What it holds.
    #[serde(flatten)]
    fingerprint: Fingerprint,
}

impl Blob {
    /// A blob of this name and content, not yet written.
    pub(super) fn new(file: String, content: &[u8]) -> Self {
        Blob { file, fingerprint: Fingerprint::of(content) }
    }

    /// The name of its file.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// Reads the content.
    ///
    /// # Errors
    /// Why it cannot be had as it was written.
    pub(super) fn load(&self, disk: &dyn Disk, folder: &Path) -> Result<Vec<u8>, String> {
        if self.file.contains(['/', '\\']) || self.file.starts_with('.') {
            return Err(format!("{:?} is not the name of a kept content", self.file));
        }
        let content = disk
            .read(&folder.join(&self.file), self.fingerprint.bytes)
            .map_err(|error| format!("{}: {}", self.file, io_text(&error)))?;
        if self.fingerprint.fits(&content) {
            Ok(content)
        } else {
            Err(format!("{} is not what was written", self.file))
        }
    }
}
