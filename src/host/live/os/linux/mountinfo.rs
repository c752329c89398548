//! `/proc/self/mountinfo`, as proc_pid_mountinfo(5) describes it.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// One mount.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mount {
    /// The mount's id.
    pub(super) id: u64,
    /// Where it is mounted.
    pub(super) point: PathBuf,
    /// `ext4`, `9p`, …
    pub(super) kind: String,
}

impl Mount {
    /// The mount of this id; without one, the one that a path with every link
    /// followed lies on: the deepest that holds it, the last of equals.
    pub(super) fn find(text: &[u8], id: Option<u64>, path: &Path) -> Option<Mount> {
        let mounts: Vec<Mount> = text.split(|byte| *byte == b'\n').filter_map(Mount::parse).collect();
        let position = match id.and_then(|id| mounts.iter().position(|mount| mount.id == id)) {
            Some(position) => position,
            None => {
                let holding = mounts.iter().enumerate().filter(|(_, mount)| path.starts_with(&mount.point));
                holding.max_by_key(|(_, mount)| mount.point.components().count())?.0
            }
        };
        mounts.into_iter().nth(position)
    }

    /// `36 35 98:0 /root /point options optional… - kind source options`.
    fn parse(line: &[u8]) -> Option<Mount> {
        let mut fields = line.split(|byte| *byte == b' ');
        let id = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
        let point = unescape(fields.nth(3)?);
        let kind = fields.skip_while(|field| *field != b"-").nth(1)?;
        Some(Mount {
            id,
            point: PathBuf::from(OsString::from_vec(point)),
            kind: String::from_utf8_lossy(&unescape(kind)).into_owned(),
        })
    }
}

/// Blanks, tabs, newlines and backslashes stand there as `\ooo`.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, tail)) = rest.split_first() {
        let octal = tail.get(..3).filter(|_| *first == b'\\').and_then(|digits| {
            digits.iter().try_fold(0_u32, |value, digit| {
                (b'0'..=b'7').contains(digit).then(|| value * 8 + u32::from(digit - b'0'))
            })
        });
        match octal.and_then(|value| u8::try_from(value).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &tail[3..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
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

    #[test]
    fn escapes_are_undone_and_others_kept() {
        assert_eq!(unescape(b"a\\040b\\134c\\011"), b"a b\\c\t");
        assert_eq!(unescape(b"\\9\\04"), b"\\9\\04");
        assert_eq!(unescape(b"\\777"), b"\\777");
    }
}
