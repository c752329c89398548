//! Notes: who the system is, and which build this is.

use std::fmt::Write;

use goblin::container::Endian;
use goblin::elf::program_header::PT_NOTE;
use goblin::elf::section_header::SHT_NOTE;

use super::File;
use crate::host::live::binary::reader::{Problem, word32};

/// How much of one segment of notes is read.
const LIMIT: u64 = 4096;
/// How many segments and sections of notes are read.
const AREAS: usize = 16;

/// One note.
pub(super) struct Note<'a> {
    /// Who defines its type: `GNU`, `Go`.
    pub(super) owner: &'a [u8],
    pub(super) kind: u32,
    pub(super) description: &'a [u8],
}

/// The segments that hold notes, and sections outside them: object files have
/// no segments, and Go's linker leaves out all but one of its notes.
pub(super) fn areas(file: &File<'_>) -> Result<Vec<Vec<u8>>, Problem> {
    let programs = file.programs.iter().filter(|header| header.p_type == PT_NOTE);
    let mut places: Vec<(u64, u64)> = programs.map(|header| (header.p_offset, header.p_filesz)).collect();
    places.truncate(AREAS);
    let segments = places.clone();
    let is_inside = |offset: u64| segments.iter().any(|(at, size)| offset >= *at && offset - at < *size);
    let sections = file.sections_of_type(SHT_NOTE).filter(|section| !is_inside(section.sh_offset));
    places.extend(sections.map(|section| (section.sh_offset, section.sh_size)));
    places.truncate(AREAS);
    places.into_iter().map(|(offset, size)| file.reader.up_to(offset, size.min(LIMIT))).collect()
}

/// The notes of an area: each a header of three words, a name and a
/// description, padded to words.
pub(super) fn notes(area: &[u8], endian: Endian) -> impl Iterator<Item = Note<'_>> {
    let mut rest = area;
    std::iter::from_fn(move || {
        let name_size = word32(rest, 0, endian)? as usize;
        let size = word32(rest, 4, endian)? as usize;
        let kind = word32(rest, 8, endian)?;
        let name = rest.get(12..)?.get(..name_size)?;
        let start = 12_usize.checked_add(name_size.next_multiple_of(4))?;
        let description = rest.get(start..)?;
        let description = &description[..size.min(description.len())];
        let next = start.checked_add(size.checked_next_multiple_of(4)?)?;
        rest = rest.get(next..).unwrap_or_default();
        Some(Note { owner: name.strip_suffix(b"\0").unwrap_or(name), kind, description })
    })
}

/// The ids that linkers gave the file.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) gnu: Option<String>,
    pub(super) go: Option<String>,
}

impl Ids {
    pub(super) fn read(file: &File<'_>) -> Result<Ids, Problem> {
        const GNU_BUILD_ID: u32 = 3;
        const GO_BUILD_ID: u32 = 4;
        let mut ids = Ids::default();
        for area in areas(file)? {
            for note in notes(&area, file.endian()) {
                match (note.owner, note.kind) {
                    (b"GNU", GNU_BUILD_ID) => ids.gnu = Some(hexadecimal(note.description)),
                    (b"Go" | b"Go\0", GO_BUILD_ID) => {
                        ids.go = Some(String::from_utf8_lossy(note.description).into_owned());
                    }
                    _ => {}
                }
            }
        }
        Ok(ids)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
