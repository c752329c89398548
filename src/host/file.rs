use std::path::PathBuf;

use jiff::Timestamp;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A FIFO, socket or device.
    Special,
}

/// Metadata of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stat {
    /// What stands there.
    pub kind: FileKind,
    /// Bytes.
    pub size: u64,
    /// Permission bits, `0o7777` at most.
    pub mode: u32,
    /// User id of the owner.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
    /// Device and inode: the same pair is the same file.
    pub id: (u64, u64),
    /// How many names (hard links) it has.
    pub links: u64,
    /// Time of the last change of the content.
    pub modified: Option<Timestamp>,
}

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirEntry {
    /// The name; bytes that are not UTF-8 are replaced.
    pub name: String,
    /// The whole path.
    pub path: PathBuf,
    /// What it is; a link is a link.
    pub kind: FileKind,
}

/// What one may do to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Read it.
    Read,
    /// Write to it; for a folder, make entries in it.
    Write,
    /// Execute it; for a folder, pass through it.
    Execute,
}

/// A mounted file system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filesystem {
    /// `ext4`, `tmpfs`, `9p`, …
    pub kind: String,
    /// Where it is mounted.
    pub mount_point: PathBuf,
    /// Programs on it cannot be executed.
    pub noexec: bool,
    /// It is mounted read-only.
    pub read_only: bool,
    /// Bytes that this user can still use.
    pub free_bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// Inodes that are free; None where the file system has no fixed number.
    pub free_inodes: Option<u64>,
}
