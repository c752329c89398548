//! Which mount a path lies on.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use crate::host::mountinfo::MountLine;

/// One mount.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mount {
    /// The mount's id.
    id: u64,
    /// Where it is mounted.
    pub(super) point: PathBuf,
    /// `ext4`, `9p`, …
    pub(super) kind: String,
}

impl Mount {
    /// The mount of this id; without one, the one that a path with every link
    /// followed lies on: the deepest that holds it, the last of equals.
    pub(super) fn find(text: &[u8], id: Option<u64>, path: &Path) -> Option<Mount> {
        let mounts: Vec<Mount> = MountLine::all(text).map(Mount::new).collect();
        let position = match id.and_then(|id| mounts.iter().position(|mount| mount.id == id)) {
            Some(position) => position,
            None => {
                let holding = mounts.iter().enumerate().filter(|(_, mount)| path.starts_with(&mount.point));
                holding.max_by_key(|(_, mount)| mount.point.components().count())?.0
            }
        };
        mounts.into_iter().nth(position)
    }

    fn new(line: MountLine) -> Mount {
        Mount { id: line.id, point: PathBuf::from(OsString::from_vec(line.point)), kind: line.kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
        30 22 0:25 / /tmp rw,noexec shared:2 master:3 - tmpfs tmpfs rw\n\
        31 22 0:60 / /mnt/c/My\\040Files rw - 9p drvfs rw,aname=drvfs\n\
        40 30 0:70 / /tmp rw - overlay overlay rw\n\
        garbage\n\
        50 22 0:1 / /cut";

    fn kind(path: &str, id: Option<u64>) -> Option<String> {
        Mount::find(TEXT, id, Path::new(path)).map(|mount| mount.kind)
    }

    #[test]
    fn the_deepest_and_last_mount_holds_a_path() {
        assert_eq!(kind("/home/ann", None).unwrap(), "ext4");
        assert_eq!(kind("/tmpfile", None).unwrap(), "ext4");
        assert_eq!(kind("/tmp/go-build", None).unwrap(), "overlay");
        assert_eq!(kind("/mnt/c/My Files/x", None).unwrap(), "9p");
    }

    #[test]
    fn an_id_tells_it_exactly() {
        assert_eq!(kind("/tmp/go-build", Some(30)).unwrap(), "tmpfs");
        assert_eq!(kind("/tmp/go-build", Some(99)).unwrap(), "overlay");
    }
}
