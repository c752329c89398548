//! What stands in where only Linux has a thing of its own.

use std::io;
use std::path::Path;

use sysinfo::Disks;

use crate::host::{Environment, Filesystem};
use crate::model::Missing;

/// The file system of a path that exists, with every link followed.
pub(in crate::host::live) fn filesystem(path: &Path) -> io::Result<Filesystem> {
    let disks = Disks::new_with_refreshed_list();
    let disk = disks
        .list()
        .iter()
        .filter(|disk| path.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().components().count())
        .ok_or_else(|| io::Error::other("its disk is not listed"))?;
    Ok(Filesystem {
        kind: disk.file_system().to_string_lossy().into_owned(),
        mount_point: disk.mount_point().to_owned(),
        noexec: false,
        read_only: disk.is_read_only(),
        free_bytes: disk.available_space(),
        total_bytes: disk.total_space(),
        free_inodes: None,
    })
}

/// Only Linux has file capabilities.
pub(in crate::host::live) fn capabilities(_path: &Path) -> io::Result<Vec<String>> {
    Ok(Vec::new())
}

pub(in crate::host::live) fn editor_environment(_uid: u32) -> Result<Environment, Missing> {
    Err(Missing::failed("the environment of other processes is read on Linux only"))
}
