use goblin::elf::dynamic::{DT_NEEDED, DT_RPATH, DT_RUNPATH, DT_STRTAB, DT_VERDEF, DT_VERNEED, Dynamic as Goblin};
use goblin::elf::program_header::{PT_DYNAMIC, ProgramHeader};

use super::File;
use super::versions::{newest_defined, newest_needed};
use crate::host::live::binary::reader::Problem;

/// The largest dynamic section that is read: 16,384 entries.
const SECTION_LIMIT: u64 = 256 * 1024;
/// How many libraries are looked at.
const COUNT_LIMIT: usize = 4096;

/// What the dynamic section asks of the loader, and offers it.
#[derive(Debug, Default)]
pub(super) struct Dynamic {
    pub(super) needed: Vec<String>,
    pub(super) run_path: Vec<String>,
    pub(super) glibc_required: Option<String>,
    pub(super) glibc_provided: Option<String>,
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
            dynamic.glibc_required = newest_needed(file, versions, name)?;
        }
        if let Some(versions) = value(DT_VERDEF).and_then(|address| file.offset_of(address)) {
            dynamic.glibc_provided = newest_defined(file, versions, name)?;
        }
        Ok(dynamic)
    }
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
