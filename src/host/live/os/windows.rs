//! What Windows does in place of Unix.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

use jiff::Timestamp;

use crate::host::live::files::kind_of;
use crate::host::{Access, Stat};

pub(in crate::host::live) fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Windows has no owner ids and no inodes that std would tell: zeros.
pub(in crate::host::live) fn stat(metadata: &Metadata) -> Stat {
    Stat {
        kind: kind_of(metadata.file_type()),
        size: metadata.len(),
        mode: if metadata.permissions().readonly() { 0o444 } else { 0o644 },
        uid: 0,
        gid: 0,
        id: (0, 0),
        links: 1,
        modified: metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok()),
    }
}

pub(in crate::host::live) fn special_name(_metadata: &Metadata) -> Option<&'static str> {
    None
}

/// As far as the read-only attribute and the name tell it.
pub(in crate::host::live) fn access(path: &Path, access: Access) -> io::Result<bool> {
    let metadata = std::fs::metadata(path)?;
    Ok(match access {
        Access::Read => true,
        Access::Write => metadata.is_dir() || !metadata.permissions().readonly(),
        Access::Execute => {
            let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
            metadata.is_dir() || matches!(extension.as_deref(), Some("exe" | "com" | "bat" | "cmd"))
        }
    })
}

pub(in crate::host::live) fn is_link_loop(_error: &io::Error) -> bool {
    false
}

pub(in crate::host::live) fn ids() -> (u32, u32) {
    (0, 0)
}

pub(in crate::host::live) fn own_group(_command: &mut tokio::process::Command) {}

/// The process itself is killed through its handle.
pub(in crate::host::live) fn kill_group(_leader: u32) {}

/// Windows has no such limit that anybody comes to.
pub(in crate::host::live) fn is_out_of_files(_error: &io::Error) -> bool {
    false
}
