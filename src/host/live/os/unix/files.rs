use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use jiff::Timestamp;
use rustix::fs::OFlags;
use rustix::io::Errno;

use crate::host::live::files::kind_of;
use crate::host::{Access, Stat};

/// Opens for reading without waiting for a writer and without taking a
/// terminal.
pub(in crate::host::live) fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    // The flags are small positive numbers on every system.
    let flags = i32::try_from(flags.bits()).unwrap_or(0);
    File::options().read(true).custom_flags(flags).open(path)
}

pub(in crate::host::live) fn stat(metadata: &Metadata) -> Stat {
    Stat {
        kind: kind_of(metadata.file_type()),
        size: metadata.len(),
        mode: metadata.mode() & 0o7777,
        uid: metadata.uid(),
        gid: metadata.gid(),
        id: (metadata.dev(), metadata.ino()),
        links: metadata.nlink(),
        modified: metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok()),
    }
}

/// The name of what is neither file nor folder.
pub(in crate::host::live) fn special_name(metadata: &Metadata) -> Option<&'static str> {
    let kind = metadata.file_type();
    if kind.is_fifo() {
        Some("a FIFO")
    } else if kind.is_socket() {
        Some("a socket")
    } else if kind.is_char_device() || kind.is_block_device() {
        Some("a device")
    } else {
        None
    }
}

/// Whether this user may; false where the file system or the mode forbids it.
pub(in crate::host::live) fn access(path: &Path, access: Access) -> io::Result<bool> {
    let wanted = match access {
        Access::Read => rustix::fs::Access::READ_OK,
        Access::Write => rustix::fs::Access::WRITE_OK,
        Access::Execute => rustix::fs::Access::EXEC_OK,
    };
    match rustix::fs::access(path, wanted) {
        Ok(()) => Ok(true),
        Err(Errno::PERM | Errno::ROFS | Errno::TXTBSY) => Ok(false),
        // Refused on the path itself, or on the way there?
        Err(Errno::ACCESS) => std::fs::metadata(path).map(|_| false),
        Err(error) => Err(error.into()),
    }
}

pub(in crate::host::live) fn is_link_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
}

/// True when this process may open no more files.
pub(in crate::host::live) fn is_out_of_files(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::MFILE.raw_os_error())
}
