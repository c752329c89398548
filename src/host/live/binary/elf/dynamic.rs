use goblin::elf::dynamic::{DT_NEEDED, DT_RPATH, DT_RUNPATH, DT_STRTAB, DT_VERNEED, Dynamic as Goblin};
use goblin::elf::program_header::{PT_DYNAMIC, ProgramHeader};

use super::File;
use crate::host::live::binary::reader::{Problem, word16, word32};

/// The largest dynamic section that is read: 16,384 entries.
const SECTION_LIMIT: u64 = 256 * 1024;
/// How many libraries and how many versions of each are looked at.
const COUNT_LIMIT: usize = 4096;

/// What the dynamic section asks of the loader.
#[derive(Debug, Default)]
pub(super) struct Dynamic {
    pub(super) needed: Vec<String>,
    pub(super) run_path: Vec<String>,
    pub(super) glibc_required: Option<String>,
}

impl Dynamic {
    /// Empty for a static binary.
    pub(super) fn read(file: &File<'_>) -> Result<Self, Problem> {
        let Some(content) = file.content(PT_DYNAMIC, SECTION_LIMIT)? else { return Ok(Dynamic::default()) };
        // goblin finds the section through a header: one that says where it
        // stands in what was read.
        let here = ProgramHeader { p_type: PT_DYNAMIC, p_filesz: content.len() as u64, ..ProgramHeader::default() };
        let entries = match Goblin::parse(&content, &[here], file.context) {
            Ok(Some(dynamic)) => dynamic.dyns,
            _ => return Err(Problem::damaged("its dynamic section is wrong")),
        };
        let value = |tag: u64| entries.iter().find(|entry| entry.d_tag == tag).map(|entry| entry.d_val);
        let Some(names) = value(DT_STRTAB).and_then(|address| file.offset_of(address)) else {
            return Ok(Dynamic::default());
        };
        let name = |at: u64| file.reader.text(names.saturating_add(at));

        let mut dynamic = Dynamic::default();
        for entry in entries.iter().take(COUNT_LIMIT) {
            match entry.d_tag {
                DT_NEEDED => dynamic.needed.push(name(entry.d_val)?),
                DT_RPATH | DT_RUNPATH => {
                    dynamic
                        .run_path
                        .extend(name(entry.d_val)?.split(':').filter(|path| !path.is_empty()).map(str::to_owned));
                }
                _ => {}
            }
        }
        if let Some(versions) = value(DT_VERNEED).and_then(|address| file.offset_of(address)) {
            dynamic.glibc_required = newest_glibc(file, versions, name)?;
        }
        Ok(dynamic)
    }
}

/// Walks the list of libraries and the versions wanted of each: `Verneed`
/// records with `Vernaux` records, of 16 bytes each, linked by offsets.
fn newest_glibc(
    file: &File<'_>,
    first: u64,
    name: impl Fn(u64) -> Result<String, Problem>,
) -> Result<Option<String>, Problem> {
    let endian = file.endian();
    let record = |at: u64| file.reader.bytes(at, 16);
    let word = |bytes: &[u8], at| u64::from(word32(bytes, at, endian).unwrap_or(0));
    let mut newest: Option<String> = None;
    let mut seen = 0;
    let mut library_at = first;
    loop {
        let library = record(library_at)?;
        let mut version_at = library_at.saturating_add(word(&library, 8));
        for _ in 0..word16(&library, 2, endian).unwrap_or(0) {
            seen += 1;
            if seen > COUNT_LIMIT {
                return Err(Problem::damaged("its list of symbol versions does not end"));
            }
            let version = record(version_at)?;
            if let Some(number) = name(word(&version, 8))?.strip_prefix("GLIBC_")
                && number.starts_with(|c: char| c.is_ascii_digit())
                && newest.as_deref().is_none_or(|newest| parts(newest) < parts(number))
            {
                newest = Some(number.to_owned());
            }
            match word(&version, 12) {
                0 => break,
                next => version_at = version_at.saturating_add(next),
            }
        }
        seen += 1;
        match word(&library, 12) {
            0 => return Ok(newest),
            _ if seen > COUNT_LIMIT => return Err(Problem::damaged("its list of symbol versions does not end")),
            next => library_at = library_at.saturating_add(next),
        }
    }
}

/// `2.34` as numbers, so that 2.4 comes before 2.34.
fn parts(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

impl File<'_> {
    /// Where in the file what is loaded to an address stands.
    fn offset_of(&self, address: u64) -> Option<u64> {
        self.loaded().find_map(|header| {
            let inside = address.checked_sub(header.p_vaddr).filter(|inside| *inside < header.p_filesz)?;
            header.p_offset.checked_add(inside)
        })
    }
}
