use std::io;
use std::path::{Path, PathBuf};

use super::EntryId;
use crate::fix::io_text;

/// Why the journal could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// An operation failed.
    #[error("cannot {doing} gomedic's journal ({}): {}", .path.display(), io_text(.source))]
    Io {
        /// What was tried, as a verb: "write".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// There is no such entry.
    #[error("the journal has no entry {0}")]
    Unknown(EntryId),
    /// An entry cannot be used.
    #[error("journal entry {id} is damaged: {why}")]
    Damaged {
        /// Which one.
        id: EntryId,
        /// In what way.
        why: String,
    },
}

impl JournalError {
    pub(super) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        JournalError::Io { doing, path: path.to_owned(), source }
    }
}
