//! ELF, the format of Linux and most Unix systems.

mod dynamic;
mod target;
mod versions;

use std::path::PathBuf;

use goblin::container::{Ctx, Endian};
use goblin::elf::program_header::{PF_W, PF_X, PT_INTERP, PT_LOAD, ProgramHeader};
use goblin::elf::section_header::{SHT_NOBITS, SectionHeader};
use goblin::elf::{Elf as Goblin, Header};

use self::dynamic::Dynamic;
use super::build_info::{self, Image, Segment};
use super::reader::{Problem, Reader};
use super::{nothing_known, prefer_settings};
use crate::host::{Binary, Format};

/// The longest interpreter name that Linux takes.
const NAME_LIMIT: u64 = 4096;

pub(super) fn inspect(reader: &Reader<'_>) -> Result<Binary, Problem> {
    let file = File::open(reader)?;
    let interpreter = file.interpreter()?;
    let dynamic = Dynamic::read(&file)?;
    let mut binary = Binary {
        goos: target::goos(&file, interpreter.as_deref())?,
        goarch: target::goarch(&file.header, file.context).map(str::to_owned),
        interpreter: interpreter.map(PathBuf::from),
        needed: dynamic.needed,
        run_path: dynamic.run_path,
        glibc_required: dynamic.glibc_required,
        glibc_provided: dynamic.glibc_provided,
        go: build_info::find(reader, &file.image()?)?,
        ..nothing_known(Format::Elf)
    };
    prefer_settings(&mut binary);
    Ok(binary)
}

/// The headers of an ELF file.
struct File<'a> {
    reader: &'a Reader<'a>,
    header: Header,
    context: Ctx,
    programs: Vec<ProgramHeader>,
}

impl<'a> File<'a> {
    fn open(reader: &'a Reader<'a>) -> Result<Self, Problem> {
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
        Ok(File { reader, header, context, programs })
    }

    fn endian(&self) -> Endian {
        self.context.le
    }

    /// The content of the first program header of a type.
    fn content(&self, kind: u32, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
        let Some(header) = self.programs.iter().find(|header| header.p_type == kind) else { return Ok(None) };
        self.reader.bytes(header.p_offset, header.p_filesz.min(limit)).map(Some)
    }

    fn interpreter(&self) -> Result<Option<String>, Problem> {
        let content = self.content(PT_INTERP, NAME_LIMIT)?;
        let name = content.map(|bytes| {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            String::from_utf8_lossy(&bytes[..end]).into_owned()
        });
        Ok(name.filter(|name| !name.is_empty()))
    }

    /// Where Go's build info may be: in its section, or else in the first
    /// writable data.
    fn image(&self) -> Result<Image, Problem> {
        let segments: Vec<Segment> = self.loaded().map(segment).collect();
        let data = self.loaded().find(|header| header.p_flags & (PF_X | PF_W) == PF_W);
        let place = match self.section(".go.buildinfo")? {
            Some(place) => place,
            None => data.map_or((0, 0), |header| (header.p_offset, header.p_filesz)),
        };
        Ok(Image { place, segments })
    }

    fn loaded(&self) -> impl Iterator<Item = &ProgramHeader> {
        self.programs.iter().filter(|header| header.p_type == PT_LOAD)
    }

    /// Offset and size of a section that is in the file. A file whose section
    /// table is not there (it was cut off on purpose) has none.
    fn section(&self, name: &str) -> Result<Option<(u64, u64)>, Problem> {
        let header = &self.header;
        let size = SectionHeader::size(self.context) as u64;
        let whole = size * u64::from(header.e_shnum);
        if header.e_shnum == 0 || u64::from(header.e_shentsize) != size || header.e_shoff == 0 {
            return Ok(None);
        }
        if header.e_shoff.checked_add(whole).is_none_or(|end| end > self.reader.size()) {
            return Err(Problem::damaged("its section table is cut off"));
        }
        let table = self.reader.bytes(header.e_shoff, whole)?;
        let Ok(sections) = SectionHeader::parse_from(&table, 0, usize::from(header.e_shnum), self.context) else {
            return Ok(None);
        };
        let Some(names) = sections.get(usize::from(header.e_shstrndx)) else { return Ok(None) };
        let names = self.reader.up_to(names.sh_offset, names.sh_size.min(64 * 1024))?;
        let is_named = |section: &&SectionHeader| {
            let text = names.get(section.sh_name..).unwrap_or_default();
            section.sh_type != SHT_NOBITS
                && text.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&0))
        };
        Ok(sections.iter().find(is_named).map(|section| (section.sh_offset, section.sh_size)))
    }
}

fn segment(header: &ProgramHeader) -> Segment {
    Segment { address: header.p_vaddr, offset: header.p_offset, size: header.p_filesz }
}

#[cfg(test)]
pub(super) mod tests;
