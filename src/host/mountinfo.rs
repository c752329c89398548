//! `/proc/self/mountinfo`, as proc_pid_mountinfo(5) describes it.

/// One mount. Fields are bytes, with the kernel's escapes undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MountLine {
    /// The mount's id.
    pub(crate) id: u64,
    /// Which folder of the file system stands there.
    pub(crate) root: Vec<u8>,
    /// Where it is mounted.
    pub(crate) point: Vec<u8>,
    /// `ext4`, `9p`, …
    pub(crate) kind: String,
    /// What is mounted, as the file system calls it.
    pub(crate) source: Vec<u8>,
    /// The file system's own options, as they stand there: 9p does not escape
    /// blanks in them.
    pub(crate) options: Vec<u8>,
}

impl MountLine {
    /// `36 35 98:0 /root /point options optional… - kind source options`.
    /// None for a line that is none.
    pub(crate) fn parse(line: &[u8]) -> Option<MountLine> {
        let gap = memchr::memmem::find(line, b" - ")?;
        let (before, after) = (&line[..gap], &line[gap + 3..]);
        let mut fields = before.split(|byte| *byte == b' ');
        let id = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
        let root = unescape(fields.nth(2)?);
        let point = unescape(fields.next()?);
        let mut fields = after.splitn(3, |byte| *byte == b' ');
        Some(MountLine {
            id,
            root,
            point,
            kind: String::from_utf8_lossy(&unescape(fields.next()?)).into_owned(),
            source: fields.next().map(unescape).unwrap_or_default(),
            options: fields.next().unwrap_or_default().to_vec(),
        })
    }

    /// The mounts that `/proc/mounts` lists. It tells less, and the options of
    /// 9p are not escaped there: the source, the mount point and the type stand
    /// first, two numbers last.
    pub(crate) fn all_of_mounts(text: &[u8]) -> impl Iterator<Item = MountLine> {
        text.split(|byte| *byte == b'\n').filter_map(|line| {
            let mut fields = line.splitn(4, |byte| *byte == b' ');
            let (source, point, kind) = (fields.next()?, fields.next()?, fields.next()?);
            let mut rest = fields.next()?.rsplitn(3, |byte| *byte == b' ');
            let options = rest.nth(2)?;
            Some(MountLine {
                id: 0,
                root: b"/".to_vec(),
                point: unescape(point),
                kind: String::from_utf8_lossy(&unescape(kind)).into_owned(),
                source: unescape(source),
                options: options.to_vec(),
            })
        })
    }

    /// The mounts of the whole file; lines that are none are left out.
    pub(crate) fn all(text: &[u8]) -> impl Iterator<Item = MountLine> {
        text.split(|byte| *byte == b'\n').filter_map(MountLine::parse)
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

    #[test]
    fn blanks_that_nobody_escaped_stay_in_the_options() {
        let text = include_bytes!("../../tests/wsl-samples/mountinfo-wsl2.txt");
        let mounts: Vec<MountLine> = MountLine::all(text).collect();
        assert_eq!(mounts.len(), 9);
        let docker = &mounts[6];
        assert_eq!((docker.point.as_slice(), docker.kind.as_str()), (&b"/Docker/host"[..], "9p"));
        assert_eq!(docker.source, br"C:\Program Files\Docker\Docker\resources");
        assert!(docker.options.starts_with(br"rw,aname=drvfs;path=C:\Program Files\Docker"));
        assert_eq!(
            (mounts[7].root.as_slice(), mounts[7].point.as_slice()),
            (&b"/Users/me/src"[..], &b"/home/me/src"[..])
        );
    }

    #[test]
    fn escapes_are_undone_and_others_kept() {
        assert_eq!(unescape(b"a\\040b\\134c\\011"), b"a b\\c\t");
        assert_eq!(unescape(b"\\9\\04"), b"\\9\\04");
        assert_eq!(unescape(b"\\777"), b"\\777");
    }

    #[test]
    fn what_is_no_mount_is_left_out() {
        for line in ["garbage", "50 22 0:1 / /cut", "x 1 0:1 / / rw - ext4 /dev/a rw", " - ", "1 2 3 - "] {
            assert_eq!(MountLine::parse(line.as_bytes()), None, "{line}");
        }
    }
}
