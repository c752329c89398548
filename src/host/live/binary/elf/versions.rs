//! Symbol versions: which a file needs of its libraries, and which it defines.

use super::File;
use crate::host::live::binary::reader::{Problem, word16, word32};

/// How many libraries and versions are looked at.
const COUNT_LIMIT: usize = 4096;

/// Walks the list of libraries and the versions wanted of each: `Verneed`
/// records with `Vernaux` records, of 16 bytes each, linked by offsets.
pub(super) fn newest_needed(
    file: &File<'_>,
    first: u64,
    name: impl Fn(u64) -> Result<String, Problem>,
) -> Result<Option<String>, Problem> {
    let endian = file.endian();
    let word = |bytes: &[u8], at| u64::from(word32(bytes, at, endian).unwrap_or(0));
    let mut newest = Newest::default();
    let mut library_at = first;
    loop {
        newest.count()?;
        let library = file.reader.bytes(library_at, 16)?;
        let mut version_at = library_at.saturating_add(word(&library, 8));
        for _ in 0..word16(&library, 2, endian).unwrap_or(0) {
            newest.count()?;
            let version = file.reader.bytes(version_at, 16)?;
            newest.offer(&name(word(&version, 8))?);
            match word(&version, 12) {
                0 => break,
                next => version_at = version_at.saturating_add(next),
            }
        }
        match word(&library, 12) {
            0 => return Ok(newest.version),
            next => library_at = library_at.saturating_add(next),
        }
    }
}

/// Walks the versions that a library defines: `Verdef` records of 20 bytes,
/// linked by offsets, each with its name in a `Verdaux` record of 8 bytes.
pub(super) fn newest_defined(
    file: &File<'_>,
    first: u64,
    name: impl Fn(u64) -> Result<String, Problem>,
) -> Result<Option<String>, Problem> {
    let endian = file.endian();
    let word = |bytes: &[u8], at| u64::from(word32(bytes, at, endian).unwrap_or(0));
    let mut newest = Newest::default();
    let mut definition_at = first;
    loop {
        newest.count()?;
        let definition = file.reader.bytes(definition_at, 20)?;
        let names = file.reader.bytes(definition_at.saturating_add(word(&definition, 12)), 8)?;
        newest.offer(&name(word(&names, 0))?);
        match word(&definition, 16) {
            0 => return Ok(newest.version),
            next => definition_at = definition_at.saturating_add(next),
        }
    }
}

/// The newest glibc version of a list that may be made up.
#[derive(Default)]
struct Newest {
    version: Option<String>,
    seen: usize,
}

impl Newest {
    fn count(&mut self) -> Result<(), Problem> {
        self.seen += 1;
        if self.seen > COUNT_LIMIT {
            return Err(Problem::damaged("its list of symbol versions does not end"));
        }
        Ok(())
    }

    fn offer(&mut self, name: &str) {
        if let Some(number) = name.strip_prefix("GLIBC_")
            && number.starts_with(|c: char| c.is_ascii_digit())
            && self.version.as_deref().is_none_or(|newest| parts(newest) < parts(number))
        {
            self.version = Some(number.to_owned());
        }
    }
}

/// `2.34` as numbers, so that 2.4 comes before 2.34.
fn parts(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}
