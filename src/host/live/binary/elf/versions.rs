//! Symbol versions: which a file needs of its libraries, and which it defines.

use super::File;
use crate::host::live::binary::reader::{Problem, word16, word32};
use crate::model::binary::Asked;

/// How many libraries and versions are looked at.
const COUNT_LIMIT: usize = 4096;
/// The version need not be there (VER_FLG_WEAK).
const WEAK: u16 = 2;
/// The name of the file itself (VER_FLG_BASE), which is no version.
const BASE: u16 = 1;

/// A version that the file needs.
#[derive(Debug)]
pub(super) struct Needed {
    pub(super) asked: Asked,
    /// What stands for it in the table of the symbols' versions.
    pub(super) index: u16,
}

impl Needed {
    /// The number of a version of glibc: `2.34`.
    pub(super) fn glibc(&self) -> Option<&str> {
        glibc(&self.asked.version)
    }
}

/// The number in `GLIBC_2.34`; `GLIBC_PRIVATE` has none.
pub(super) fn glibc(version: &str) -> Option<&str> {
    version.strip_prefix("GLIBC_").filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Walks the list of libraries and the versions wanted of each: `Verneed`
/// records with `Vernaux` records, of 16 bytes each, linked by offsets.
pub(super) fn needed(
    file: &File<'_>,
    first: u64,
    name: &impl Fn(u64) -> Result<String, Problem>,
) -> Result<Vec<Needed>, Problem> {
    let endian = file.endian();
    let word = |bytes: &[u8], at| u64::from(word32(bytes, at, endian).unwrap_or(0));
    let half = |bytes: &[u8], at| word16(bytes, at, endian).unwrap_or(0);
    let mut all = Vec::new();
    let mut records = Records::default();
    let mut library_at = first;
    loop {
        records.count()?;
        let record = file.reader.bytes(library_at, 16)?;
        let library = name(word(&record, 4))?;
        let mut version_at = library_at.saturating_add(word(&record, 8));
        for _ in 0..half(&record, 2) {
            records.count()?;
            let version = file.reader.bytes(version_at, 16)?;
            let asked = Asked {
                library: library.clone(),
                version: name(word(&version, 8))?,
                weak: half(&version, 4) & WEAK != 0,
            };
            all.push(Needed { asked, index: half(&version, 6) });
            match word(&version, 12) {
                0 => break,
                next => version_at = version_at.saturating_add(next),
            }
        }
        match word(&record, 12) {
            0 => return Ok(all),
            next => library_at = library_at.saturating_add(next),
        }
    }
}

/// Walks the versions that a library defines: `Verdef` records of 20 bytes,
/// linked by offsets, each with its name in a `Verdaux` record of 8 bytes.
pub(super) fn defined(
    file: &File<'_>,
    first: u64,
    name: &impl Fn(u64) -> Result<String, Problem>,
) -> Result<Vec<String>, Problem> {
    let endian = file.endian();
    let word = |bytes: &[u8], at| u64::from(word32(bytes, at, endian).unwrap_or(0));
    let mut all = Vec::new();
    let mut records = Records::default();
    let mut definition_at = first;
    loop {
        records.count()?;
        let definition = file.reader.bytes(definition_at, 20)?;
        let names = file.reader.bytes(definition_at.saturating_add(word(&definition, 12)), 8)?;
        let version = name(word(&names, 0))?;
        if word16(&definition, 2, endian).unwrap_or(0) & BASE == 0 {
            all.push(version);
        }
        match word(&definition, 16) {
            0 => return Ok(all),
            next => definition_at = definition_at.saturating_add(next),
        }
    }
}

/// Counts the records of a list that may be made up.
#[derive(Default)]
struct Records(usize);

impl Records {
    fn count(&mut self) -> Result<(), Problem> {
        self.0 += 1;
        if self.0 > COUNT_LIMIT {
            return Err(Problem::damaged("its list of symbol versions does not end"));
        }
        Ok(())
    }
}
