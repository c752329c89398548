//! PE, the format of Windows.

mod imports;
mod sections;

use goblin::container::Endian;
use goblin::pe::header::{
    COFF_MACHINE_ARM, COFF_MACHINE_ARM64, COFF_MACHINE_ARMNT, COFF_MACHINE_X86, COFF_MACHINE_X86_64, CoffHeader,
    PE_MAGIC,
};

use self::sections::Sections;
use super::build_info;
use super::reader::{Problem, Reader, word16, word32, word64};
use crate::model::binary::{Endianness, Hardening, Kind, Linking, Relro, Symbols, Width};
use crate::model::{Binary, Format};

/// Where a DOS header tells the place of the PE header.
const POINTER: u64 = 0x3c;
/// Signature and COFF header.
const HEADER: u64 = 24;

/// Flags of the COFF header and of the optional header.
const DLL: u16 = 0x2000;
const DYNAMIC_BASE: u16 = 0x40;
const NX_COMPATIBLE: u16 = 0x100;

/// A program for DOS begins like one for Windows; it is of no known format.
pub(super) fn inspect(reader: &Reader<'_>) -> Result<Binary, Problem> {
    let pointer = reader.up_to(POINTER, 4)?;
    let Some(at) = word32(&pointer, 0, Endian::Little).map(u64::from) else {
        return Err(Problem::damaged("its header is cut off"));
    };
    let header = reader.up_to(at, HEADER)?;
    if word32(&header, 0, Endian::Little) != Some(PE_MAGIC) {
        return Ok(Binary::of(Format::Other));
    }
    let coff = CoffHeader::parse(&header, &mut 4).map_err(|_| Problem::damaged("its PE header is cut off"))?;
    let optional = reader.bytes(at + HEADER, coff.size_of_optional_header.into())?;
    let table = at + HEADER + u64::from(coff.size_of_optional_header);
    let optional = Optional::parse(&optional);
    let sections = Sections::read(reader, table, coff.number_of_sections)?;
    let needed = imports::read(reader, &sections, optional.imports)?;
    Ok(Binary {
        kind: if coff.characteristics & DLL == 0 { Kind::Program } else { Kind::Library },
        goos: Some("windows".to_owned()),
        width: Some(if optional.is_wide { Width::Bits64 } else { Width::Bits32 }),
        endianness: Some(Endianness::Little),
        goarch: goarch_of(coff.machine).map(str::to_owned),
        linking: Some(if needed.is_empty() { Linking::Static } else { Linking::Dynamic }),
        needed,
        hardening: Some(Hardening {
            position_independent: optional.flags & DYNAMIC_BASE != 0,
            relro: Relro::None,
            no_exec_stack: Some(optional.flags & NX_COMPATIBLE != 0),
            stack_canary: None,
        }),
        symbols: Some(if coff.number_of_symbol_table == 0 { Symbols::Stripped } else { Symbols::Present }),
        text_size: sections.text_size(),
        go: build_info::find(reader, &sections.image(optional.base))?,
        ..Binary::of(Format::Pe)
    })
}

fn goarch_of(machine: u16) -> Option<&'static str> {
    match machine {
        COFF_MACHINE_X86_64 => Some("amd64"),
        COFF_MACHINE_ARM64 => Some("arm64"),
        COFF_MACHINE_X86 => Some("386"),
        COFF_MACHINE_ARM | COFF_MACHINE_ARMNT => Some("arm"),
        _ => None,
    }
}

/// What is used of the optional header, which no program lacks.
struct Optional {
    /// The address that the file is loaded to.
    base: u64,
    /// Address of the import table, from the base; 0 for none.
    imports: u32,
    /// It is that of a 64-bit program.
    is_wide: bool,
    /// What it says of its protection.
    flags: u16,
}

impl Optional {
    fn parse(bytes: &[u8]) -> Self {
        const PE32_PLUS: u16 = 0x20b;
        let wide = word16(bytes, 0, Endian::Little) == Some(PE32_PLUS);
        let (base, directories) = if wide {
            (word64(bytes, 24, Endian::Little), 112)
        } else {
            (word32(bytes, 28, Endian::Little).map(u64::from), 96)
        };
        // The second of the data directories.
        let imports = word32(bytes, directories + 8, Endian::Little);
        let flags = word16(bytes, 70, Endian::Little).unwrap_or(0);
        Optional { base: base.unwrap_or(0), imports: imports.unwrap_or(0), is_wide: wide, flags }
    }
}

#[cfg(test)]
pub(super) mod tests;
