use std::io;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, StatVfsMountFlags, StatxFlags};

use super::mountinfo::Mount;
use crate::host::Filesystem;

/// The file system of a path that exists, with every link followed.
pub(in crate::host::live) fn filesystem(path: &Path) -> io::Result<Filesystem> {
    let room = rustix::fs::statvfs(path)?;
    let text = std::fs::read("/proc/self/mountinfo")?;
    let mount = Mount::find(&text, mount_id(path), path).ok_or_else(|| io::Error::other("its mount is not listed"))?;
    Ok(Filesystem {
        kind: mount.kind,
        mount_point: mount.point,
        noexec: room.f_flag.contains(StatVfsMountFlags::NOEXEC),
        read_only: room.f_flag.contains(StatVfsMountFlags::RDONLY),
        free_bytes: room.f_bavail.saturating_mul(room.f_frsize),
        total_bytes: room.f_blocks.saturating_mul(room.f_frsize),
        free_inodes: (room.f_files > 0).then_some(room.f_favail),
    })
}

/// Linux 5.8 and later tell the mount itself.
fn mount_id(path: &Path) -> Option<u64> {
    let stat = rustix::fs::statx(CWD, path, AtFlags::empty(), StatxFlags::MNT_ID).ok()?;
    (stat.stx_mask & StatxFlags::MNT_ID.bits() != 0).then_some(stat.stx_mnt_id)
}
