//! Parts of a cache that belong to somebody else, as `sudo go …` leaves them.

use std::path::{Path, PathBuf};

use crate::collections::order;
use crate::host::{Access, FileKind, Host};
use crate::model::Missing;

/// How many entries are looked at in all.
const LIMIT: usize = 3000;

/// A folder inside a cache that its user cannot write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The folder.
    pub path: PathBuf,
    /// Its owner's user id.
    pub uid: u32,
}

/// The folders below `root`, down to `depth` levels, that belong to another
/// user and cannot be written to. What lies in such a folder is not looked at.
///
/// Modules lie read-only in their cache, and are meant to: only the owner
/// tells.
///
/// # Errors
/// When `root` itself cannot be listed.
pub(super) fn foreign_parts(host: &dyn Host, root: &Path, depth: usize) -> Result<Vec<Foreign>, Missing> {
    let user = host.machine().user.uid;
    let mut found = Vec::new();
    let mut seen = 0;
    let mut level = vec![host.read_dir(root)?];
    for _ in 0..depth {
        let mut next = Vec::new();
        for entries in level {
            for entry in entries.into_iter().filter(|entry| entry.kind == FileKind::Folder) {
                seen += 1;
                if seen > LIMIT {
                    return Ok(found);
                }
                let Ok(stat) = host.link_stat(&entry.path) else { continue };
                if stat.uid == user {
                    next.push(host.read_dir(&entry.path).unwrap_or_default());
                } else if host.access(&entry.path, Access::Write) == Ok(false) {
                    found.push(Foreign { path: entry.path, uid: stat.uid });
                }
            }
        }
        level = next;
    }
    order::sort_by(&mut found, |a, b| a.path.cmp(&b.path));
    Ok(found)
}
