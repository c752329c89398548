//! The headers of an ELF file.

use goblin::container::{Ctx, Endian};
use goblin::elf::header::{ET_CORE, ET_REL};
use goblin::elf::program_header::{PF_W, PF_X, PT_INTERP, PT_LOAD, ProgramHeader};
use goblin::elf::section_header::{SHT_NOBITS, SectionHeader};
use goblin::elf::{Elf as Goblin, Header};

use crate::host::live::binary::build_info::{Image, Segment};
use crate::host::live::binary::reader::{Problem, Reader};

/// The longest interpreter name that Linux takes.
const NAME_LIMIT: u64 = 4096;
/// How much of the names of sections is read.
const NAMES_LIMIT: u64 = 64 * 1024;

/// An ELF file by its headers.
pub(super) struct File<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) header: Header,
    pub(super) context: Ctx,
    pub(super) programs: Vec<ProgramHeader>,
    /// Empty where the section table was cut off on purpose.
    sections: Vec<SectionHeader>,
    names: Vec<u8>,
}

impl<'a> File<'a> {
    pub(super) fn open(reader: &'a Reader<'a>) -> Result<Self, Problem> {
        let bad = |_| Problem::damaged("its ELF header is wrong or cut off");
        let header = Goblin::parse_header(&reader.up_to(0, 64)?).map_err(bad)?;
        let context = Ctx::new(header.container().map_err(bad)?, header.endianness().map_err(bad)?);
        let programs = if header.e_phnum == 0 {
            Vec::new()
        } else {
            let size = ProgramHeader::size(context);
            let count = usize::from(header.e_phnum);
            if usize::from(header.e_phentsize) != size {
                return Err(Problem::damaged("its ELF program headers have a wrong size"));
            }
            let table = reader.bytes(header.e_phoff, (size * count) as u64)?;
            ProgramHeader::parse(&table, 0, count, context).map_err(bad)?
        };
        let mut file = File { reader, header, context, programs, sections: Vec::new(), names: Vec::new() };
        file.all_is_there()?;
        file.read_sections()?;
        Ok(file)
    }

    /// A copy that was cut off often has all its tables, and not all that is
    /// to be loaded.
    fn all_is_there(&self) -> Result<(), Problem> {
        if matches!(self.header.e_type, ET_REL | ET_CORE) {
            return Ok(());
        }
        let size = self.reader.size();
        for (number, header) in self.loaded().enumerate() {
            if header.p_offset.checked_add(header.p_filesz).is_none_or(|end| end > size) {
                return Err(Problem::damaged(format!(
                    "its segment {number} ({} bytes from byte {} on) goes beyond its end at byte {size}",
                    header.p_filesz, header.p_offset
                )));
            }
        }
        Ok(())
    }

    fn read_sections(&mut self) -> Result<(), Problem> {
        let header = &self.header;
        let size = SectionHeader::size(self.context) as u64;
        let whole = size * u64::from(header.e_shnum);
        if header.e_shnum == 0 || u64::from(header.e_shentsize) != size || header.e_shoff == 0 {
            return Ok(());
        }
        if header.e_shoff.checked_add(whole).is_none_or(|end| end > self.reader.size()) {
            return Err(Problem::damaged(format!("its section table at byte {} is cut off", header.e_shoff)));
        }
        let table = self.reader.bytes(header.e_shoff, whole)?;
        let Ok(sections) = SectionHeader::parse_from(&table, 0, usize::from(header.e_shnum), self.context) else {
            return Ok(());
        };
        if let Some(names) = sections.get(usize::from(header.e_shstrndx)) {
            self.names = self.reader.up_to(names.sh_offset, names.sh_size.min(NAMES_LIMIT))?;
        }
        self.sections = sections;
        Ok(())
    }

    pub(super) fn endian(&self) -> Endian {
        self.context.le
    }

    /// The content of the first program header of a type.
    pub(super) fn content(&self, kind: u32, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
        let Some(header) = self.programs.iter().find(|header| header.p_type == kind) else { return Ok(None) };
        self.reader.bytes(header.p_offset, header.p_filesz.min(limit)).map(Some)
    }

    pub(super) fn interpreter(&self) -> Result<Option<String>, Problem> {
        let content = self.content(PT_INTERP, NAME_LIMIT)?;
        let name = content.map(|bytes| {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            String::from_utf8_lossy(&bytes[..end]).into_owned()
        });
        Ok(name.filter(|name| !name.is_empty()))
    }

    /// Where Go's build info may be: in its section, or else in the first
    /// writable data.
    pub(super) fn image(&self) -> Image {
        let segments: Vec<Segment> = self.loaded().map(segment).collect();
        let data = self.loaded().find(|header| header.p_flags & (PF_X | PF_W) == PF_W);
        let place = match self.section(".go.buildinfo").filter(|section| section.sh_type != SHT_NOBITS) {
            Some(section) => (section.sh_offset, section.sh_size),
            None => data.map_or((0, 0), |header| (header.p_offset, header.p_filesz)),
        };
        Image { place, segments }
    }

    pub(super) fn loaded(&self) -> impl Iterator<Item = &ProgramHeader> {
        self.programs.iter().filter(|header| header.p_type == PT_LOAD)
    }

    /// Where in the file what is loaded to an address stands.
    pub(super) fn offset_of(&self, address: u64) -> Option<u64> {
        self.loaded().find_map(|header| {
            let inside = address.checked_sub(header.p_vaddr).filter(|inside| *inside < header.p_filesz)?;
            header.p_offset.checked_add(inside)
        })
    }

    /// The first section of a type.
    pub(super) fn section_of_type(&self, kind: u32) -> Option<&SectionHeader> {
        self.sections_of_type(kind).next()
    }

    /// The sections of a type.
    pub(super) fn sections_of_type(&self, kind: u32) -> impl Iterator<Item = &SectionHeader> {
        self.sections.iter().filter(move |section| section.sh_type == kind)
    }

    /// The section of that name.
    pub(super) fn section(&self, name: &str) -> Option<&SectionHeader> {
        self.sections.iter().find(|section| self.is_named(section, name))
    }

    /// All of them, the unused first one included.
    pub(super) fn sections(&self) -> &[SectionHeader] {
        &self.sections
    }

    pub(super) fn is_named(&self, section: &SectionHeader, name: &str) -> bool {
        let text = self.names.get(section.sh_name..).unwrap_or_default();
        text.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&0))
    }

    /// The name of a section; None where the names are gone.
    pub(super) fn name(&self, section: &SectionHeader) -> Option<String> {
        let text = self.names.get(section.sh_name..)?;
        let end = text.iter().position(|byte| *byte == 0)?;
        Some(String::from_utf8_lossy(&text[..end]).into_owned())
    }
}

fn segment(header: &ProgramHeader) -> Segment {
    Segment { address: header.p_vaddr, offset: header.p_offset, size: header.p_filesz }
}
