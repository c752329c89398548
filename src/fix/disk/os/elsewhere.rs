//! No owners, one mode bit, no folders to sync.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::path::Path;

use jiff::Timestamp;

use crate::fix::Owner;

pub(in crate::fix::disk) fn mode(metadata: &Metadata) -> u32 {
    if metadata.permissions().readonly() { 0o444 } else { 0o644 }
}

pub(in crate::fix::disk) fn owner(_metadata: &Metadata) -> Owner {
    Owner { uid: 0, gid: 0 }
}

pub(in crate::fix::disk) fn links(_metadata: &Metadata) -> u64 {
    1
}

pub(in crate::fix::disk) fn permissions(now: &Metadata, mode: u32) -> Permissions {
    let mut permissions = now.permissions();
    permissions.set_readonly(mode & 0o200 == 0);
    permissions
}

pub(in crate::fix::disk) fn set_owner(_file: &File, _owner: Owner) -> io::Result<()> {
    Ok(())
}

pub(in crate::fix::disk) fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

pub(in crate::fix::disk) fn create(path: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).open(path)
}

pub(in crate::fix::disk) fn create_folder(path: &Path, _mode: u32) -> io::Result<()> {
    std::fs::create_dir(path)
}

pub(in crate::fix::disk) fn set_modified(path: &Path, modified: Timestamp) -> io::Result<()> {
    File::options().write(true).open(path)?.set_modified(modified.into())
}

pub(in crate::fix::disk) fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
