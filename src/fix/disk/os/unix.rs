use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

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

pub(in crate::fix::disk) fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        // Some network file systems have nothing to sync in a folder.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        result => result,
    }
}
