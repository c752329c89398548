//! Single symbols: never all of them, a program may have a million.

use goblin::container::Container;
use goblin::elf::section_header::{SHT_GNU_VERSYM, SHT_SYMTAB};
use memchr::memmem;

use super::File;
use super::dynamic::Dynamic;
use crate::host::live::binary::reader::{Problem, word16, word32};
use crate::model::binary::Linking;

/// How much of one table is read.
const LIMIT: u64 = 1024 * 1024;
/// The rest of a symbol's version marks it as hidden.
const INDEX: u16 = 0x7fff;

/// The name of the first symbol that asks for the version of this index.
pub(super) fn first_of_version(file: &File<'_>, dynamic: &Dynamic, index: u16) -> Result<Option<String>, Problem> {
    let (Some(versions), Some(symbols), Some(names)) = (dynamic.symbol_versions, dynamic.symbols, dynamic.names) else {
        return Ok(None);
    };
    let Some(size) = file.section_of_type(SHT_GNU_VERSYM).map(|section| section.sh_size.min(LIMIT)) else {
        return Ok(None);
    };
    let table = file.reader.up_to(versions, size)?;
    let wanted = |at: &usize| word16(&table, *at, file.endian()).is_some_and(|version| version & INDEX == index);
    let Some(number) = (0..table.len()).step_by(2).find(wanted).map(|at| at as u64 / 2) else { return Ok(None) };
    let record = if file.context.container == Container::Big { 24 } else { 16 };
    let symbol = file.reader.up_to(symbols.saturating_add(record * number), 4)?;
    let Some(name) = word32(&symbol, 0, file.endian()) else { return Ok(None) };
    let name = file.reader.text(names.saturating_add(name.into()))?;
    Ok(Some(name).filter(|name| !name.is_empty()))
}

/// Whether a name, between its NULs, is among those of the symbols. None
/// where they are gone, or too many.
pub(super) fn names_contain(
    file: &File<'_>,
    dynamic: &Dynamic,
    linking: Option<Linking>,
    name: &[u8],
) -> Result<Option<bool>, Problem> {
    // A static program has all names in one table, a dynamic one has those
    // of its libraries in the other.
    let place = match (linking, dynamic.names, dynamic.names_size) {
        (Some(Linking::Dynamic), Some(at), Some(size)) => Some((at, size)),
        _ => file
            .section_of_type(SHT_SYMTAB)
            .and_then(|_| file.section(".strtab"))
            .map(|section| (section.sh_offset, section.sh_size)),
    };
    let Some((at, size)) = place else { return Ok(None) };
    let names = file.reader.up_to(at, size.min(LIMIT))?;
    Ok(match memmem::find(&names, name) {
        Some(_) => Some(true),
        None => (size <= LIMIT).then_some(false),
    })
}
