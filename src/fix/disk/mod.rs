//! The file-system operations that writing is made of.
//!
//! [`RealDisk`] is the only one in production. Behind the trait a test can let
//! any single operation fail, or stop the world after it.

mod os;
mod real;

use std::ffi::OsString;
use std::fmt::Debug;
use std::io;
use std::path::Path;

use jiff::Timestamp;

pub use real::RealDisk;

use super::Owner;
use crate::host::FileKind;

/// What stands at a path; a link is itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: FileKind,
    /// Permission bits, `0o7777` at most.
    pub mode: u32,
    /// Its owner.
    pub owner: Owner,
    /// How many names (hard links) it has.
    pub links: u64,
    /// When it was last changed; None for a time beyond all calendars.
    pub modified: Option<Timestamp>,
}

/// A file system. No operation follows a link in the last part of a path.
pub trait Disk: Debug {
    /// What stands at a path; None when nothing does.
    ///
    /// # Errors
    /// When it cannot be told.
    fn look(&self, path: &Path) -> io::Result<Option<Entry>>;

    /// The content of a regular file of at most `limit` bytes.
    ///
    /// # Errors
    /// When it is something else, is larger, or cannot be read.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// The names in a folder.
    ///
    /// # Errors
    /// When it cannot be listed.
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// Creates a file that only its owner can read. Nothing may stand there.
    ///
    /// # Errors
    /// When something stands there, or it cannot be created.
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile + '_>>;

    /// Gives a file or folder another name, at once, in place of what has it.
    ///
    /// # Errors
    /// When it cannot; then both are as they were.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// When it cannot be removed.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Creates a folder with exactly these permission bits.
    ///
    /// # Errors
    /// When something stands there, or it cannot be created.
    fn create_folder(&self, path: &Path, mode: u32) -> io::Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// When it is not empty, or cannot be removed.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Changes permission bits.
    ///
    /// # Errors
    /// When they cannot be changed.
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()>;

    /// Changes the time of a file's last change.
    ///
    /// # Errors
    /// When it cannot be changed.
    fn set_modified(&self, path: &Path, modified: Timestamp) -> io::Result<()>;

    /// Waits until the names in a folder have reached the disk.
    ///
    /// # Errors
    /// When they have not.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file that was just created and has no reader yet.
pub trait NewFile {
    /// Writes all of its content.
    ///
    /// # Errors
    /// When the disk is full or fails; a part may have been written.
    fn write(&mut self, content: &[u8]) -> io::Result<()>;

    /// Gives it this owner, unless it has it already.
    ///
    /// # Errors
    /// When that is not permitted.
    fn set_owner(&mut self, owner: Owner) -> io::Result<()>;

    /// Gives it these permission bits, unless it has them already.
    ///
    /// # Errors
    /// When that is not permitted.
    fn set_mode(&mut self, mode: u32) -> io::Result<()>;

    /// Waits until it has reached the disk.
    ///
    /// # Errors
    /// When it has not.
    fn sync(&mut self) -> io::Result<()>;
}
