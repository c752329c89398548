use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use jiff::Timestamp;
use rustix::fs::{AtFlags, CWD, OFlags, Timespec, Timestamps, UTIME_OMIT};

use crate::fix::Owner;

pub(in crate::fix::disk) fn mode(metadata: &Metadata) -> u32 {
    metadata.mode() & 0o7777
}

pub(in crate::fix::disk) fn owner(metadata: &Metadata) -> Owner {
    Owner { uid: metadata.uid(), gid: metadata.gid() }
}

pub(in crate::fix::disk) fn links(metadata: &Metadata) -> u64 {
    metadata.nlink()
}

pub(in crate::fix::disk) fn permissions(_now: &Metadata, mode: u32) -> Permissions {
    Permissions::from_mode(mode)
}

pub(in crate::fix::disk) fn set_owner(file: &File, owner: Owner) -> io::Result<()> {
    std::os::unix::fs::fchown(file, Some(owner.uid), Some(owner.gid))
}

/// Opens for reading; neither follows a link nor waits for a writer.
pub(in crate::fix::disk) fn open(path: &Path) -> io::Result<File> {
    options(OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY).read(true).open(path)
}

pub(in crate::fix::disk) fn create(path: &Path) -> io::Result<File> {
    options(OFlags::NOFOLLOW).write(true).create_new(true).mode(0o600).open(path)
}

fn options(flags: OFlags) -> OpenOptions {
    let mut options = File::options();
    // The flags are small positive numbers on every system.
    options.custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
    options
}

pub(in crate::fix::disk) fn create_folder(path: &Path, mode: u32) -> io::Result<()> {
    DirBuilder::new().mode(mode).create(path)
}

/// Needs no right to read or write the file, only to be its owner.
pub(in crate::fix::disk) fn set_modified(path: &Path, modified: Timestamp) -> io::Result<()> {
    // Before the epoch the two have different signs here, and not there.
    let seconds = modified.as_nanosecond().div_euclid(1_000_000_000);
    let nanoseconds = modified.as_nanosecond().rem_euclid(1_000_000_000);
    let out_of_range = |_| io::Error::from(io::ErrorKind::InvalidInput);
    let times = Timestamps {
        last_access: Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT },
        last_modification: Timespec {
            tv_sec: seconds.try_into().map_err(out_of_range)?,
            tv_nsec: nanoseconds.try_into().map_err(out_of_range)?,
        },
    };
    Ok(rustix::fs::utimensat(CWD, path, &times, AtFlags::SYMLINK_NOFOLLOW)?)
}

pub(in crate::fix::disk) fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        // Some network file systems have nothing to sync in a folder.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        result => result,
    }
}
