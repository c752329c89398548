//! What git keeps: the names in its index.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::checkouts::is_repository;
use crate::host::Host;
use crate::model::Missing;

/// An index with 100,000 files has 10 MiB.
const LIMIT: u64 = 32 * 1024 * 1024;
const MAGIC: &[u8] = b"DIRC";
/// Behind these bytes of an entry stand its flags, with SHA-1 names.
const FLAGS: usize = 60;
/// A flag: two more bytes of flags follow.
const EXTENDED: u16 = 0x4000;

/// The files of a repository that git keeps.
#[derive(Debug, Default)]
pub(super) struct Tracked {
    root: PathBuf,
    /// Relative to the root. An error where the index cannot be understood.
    names: Option<Result<HashSet<String>, Missing>>,
}

impl Tracked {
    /// Those of the repository that a folder lies in; none where it lies in
    /// none, or in one of another program.
    pub(super) fn around(host: &dyn Host, folder: &Path) -> Tracked {
        let Some(root) = folder.ancestors().find(|above| is_repository(host, above)) else { return Tracked::default() };
        let Some(git) = git_folder(host, root) else { return Tracked::default() };
        let names = match host.read(&git.join("index"), LIMIT) {
            Ok(bytes) => parse(&bytes).ok_or_else(|| Missing::failed("the index of git is of no known form")),
            // Nothing was added yet.
            Err(missing) if missing.is_absent() => Ok(HashSet::new()),
            Err(missing) => Err(missing),
        };
        Tracked { root: root.to_owned(), names: Some(names) }
    }

    /// Whether git keeps this file.
    pub(super) fn has(&self, path: &Path) -> Result<bool, Missing> {
        let Some(names) = &self.names else { return Ok(false) };
        let names = names.as_ref().map_err(Clone::clone)?;
        let name = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
        Ok(name.is_some_and(|name| names.contains(name)))
    }
}

/// `.git`, or where a file of that name points: another worktree's.
fn git_folder(host: &dyn Host, root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    if host.is_file(&git) {
        let text = host.read_text(&git).ok()?;
        return Some(root.join(text.lines().next()?.strip_prefix("gitdir: ")?));
    }
    host.exists(&git).then_some(git)
}

/// The names in an index of version 2, 3 or 4. Names that are not UTF-8 are
/// those of no program.
fn parse(bytes: &[u8]) -> Option<HashSet<String>> {
    let word = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let half = |at: usize| Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let version = word(4).filter(|version| bytes.starts_with(MAGIC) && (2..=4).contains(version))?;
    let mut names = HashSet::new();
    let mut previous: Vec<u8> = Vec::new();
    let mut at = 12;
    for _ in 0..word(8)? {
        let flags = half(at + FLAGS)?;
        let mut start = at + FLAGS + if flags & EXTENDED == 0 { 2 } else { 4 };
        let mut name = Vec::new();
        if version == 4 {
            // So many bytes of the name before do not belong to this one.
            let (cut, size) = offset(bytes.get(start..)?)?;
            name.extend_from_slice(previous.get(..previous.len().checked_sub(cut)?)?);
            start += size;
        }
        let rest = bytes.get(start..)?;
        let length = rest.iter().position(|byte| *byte == 0)?;
        name.extend_from_slice(&rest[..length]);
        // Up to version 3, one to eight zeros end an entry.
        at = if version == 4 { start + length + 1 } else { at + (start + length - at + 8) / 8 * 8 };
        if let Ok(name) = std::str::from_utf8(&name) {
            names.insert(name.to_owned());
        }
        previous = name;
    }
    Some(names)
}

/// A number as packs write offsets, with its size.
fn offset(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value: usize = 0;
    for (index, byte) in bytes.iter().enumerate().take(8) {
        value = value.checked_shl(7)? | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
        value += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(version: u8, count: u8) -> Vec<u8> {
        [MAGIC, &[0, 0, 0, version, 0, 0, 0, count]].concat()
    }

    fn entry(name: &str) -> Vec<u8> {
        let mut entry = vec![0xff; FLAGS];
        entry.extend([0, u8::try_from(name.len()).unwrap()]);
        entry.extend(name.as_bytes());
        entry.resize(entry.len() / 8 * 8 + 8, 0);
        entry
    }

    #[test]
    fn names_are_read() {
        let index = [head(2, 3), entry(".gitignore"), entry("bin/.keep"), entry("bin/shop"), b"TREE".to_vec()].concat();
        let names = parse(&index).unwrap();
        assert_eq!(names.len(), 3);
        assert!([".gitignore", "bin/.keep", "bin/shop"].iter().all(|name| names.contains(*name)));
    }

    #[test]
    fn names_of_version_4_share_their_beginnings() {
        let flags = [[0xff; FLAGS].as_slice(), &[0, 0]].concat();
        let index = [&head(4, 2), &flags, b"\0bin/.keep\0".as_slice(), &flags, b"\x05shop\0"].concat();
        let names = parse(&index).unwrap();
        assert!(names.contains("bin/.keep") && names.contains("bin/shop"));
    }

    #[test]
    fn what_is_no_index_is_none() {
        let whole = [head(2, 2), entry("a"), entry("bin/shop")].concat();
        for length in 0..whole.len() - 8 {
            assert!(parse(&whole[..length]).is_none(), "cut at {length}");
        }
        assert!(parse(&[head(5, 0), Vec::new()].concat()).is_none());
        let flags = [[0xff; FLAGS].as_slice(), &[0, 0]].concat();
        assert!(parse(&[&head(4, 1), &flags, b"\x05shop\0".as_slice()].concat()).is_none());
        assert!(parse(&[&head(4, 1), &flags, [0xff; 12].as_slice()].concat()).is_none());
        assert!(parse(&[head(2, 255), entry("a")].concat()).is_none());
    }
}
