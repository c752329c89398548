//! Files of the module cache that a crash or a full disk left torn.

use std::path::{Path, PathBuf};

use crate::host::Host;

/// A torn file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// What is wrong with it.
    pub how: Tear,
}

/// How a file is torn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tear {
    /// There is nothing in it.
    Empty,
    /// Zero bytes stand where text ought to stand.
    Zeros,
    /// A zip archive without its end: the list of what is in it.
    NoEnd,
}

impl Tear {
    /// The tear in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Tear::Empty => "empty: 0 bytes",
            Tear::Zeros => "zero bytes where text ought to stand",
            Tear::NoEnd => "a zip archive whose end is missing",
        }
    }
}

/// How much of a go.mod file is looked at.
const LOOKED_AT: u64 = 1024 * 1024;

/// The record at the end of a zip archive: its sign and its least length. A
/// comment of at most 64 KiB may follow.
const END_SIGN: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const COMMENT: usize = 0xffff;

/// A go.mod that is there and torn. What cannot be read is left to others.
pub(super) fn torn_list(host: &dyn Host, path: &Path) -> Option<Torn> {
    let content = host.read(path, LOOKED_AT).ok()?;
    let how = match content.as_slice() {
        [] => Tear::Empty,
        text if text.contains(&0) => Tear::Zeros,
        _ => return None,
    };
    Some(Torn { path: path.to_owned(), name: host.machine().tilde(path), how })
}

/// A zip archive that is there and torn.
pub(super) fn torn_zip(host: &dyn Host, path: &Path) -> Option<Torn> {
    let torn = |how| Torn { path: path.to_owned(), name: host.machine().tilde(path), how };
    // Go writes no comment: mostly the last few bytes answer.
    for length in [END_LENGTH, END_LENGTH + COMMENT] {
        let end = host.read_end(path, length as u64).ok()?;
        if end.is_empty() {
            return Some(torn(Tear::Empty));
        }
        if has_end(&end) {
            return None;
        }
    }
    Some(torn(Tear::NoEnd))
}

/// True when an archive's last bytes hold the record that ends it.
fn has_end(bytes: &[u8]) -> bool {
    bytes.windows(END_LENGTH).enumerate().any(|(at, record)| {
        let comment = usize::from(u16::from_le_bytes([record[20], record[21]]));
        record.starts_with(END_SIGN) && at + END_LENGTH + comment == bytes.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_archive_is_found() {
        let mut archive = b"PK\x03\x04data".to_vec();
        archive.extend_from_slice(END_SIGN);
        archive.extend([0; END_LENGTH - 6]);
        archive.extend([0, 0]);
        assert!(has_end(&archive));
        assert!(!has_end(&archive[..archive.len() - 1]), "one byte is missing");
        assert!(!has_end(&[0; 100]) && !has_end(b"") && !has_end(END_SIGN));
        // A comment of two bytes.
        let length = archive.len();
        archive[length - 2] = 2;
        archive.extend(b"hi");
        assert!(has_end(&archive));
    }
}
