//! What an ELF file is for, and how it was made.

use goblin::container::Container;
use goblin::elf::header::{ET_CORE, ET_DYN, ET_EXEC, ET_REL};
use goblin::elf::program_header::{PF_X, PT_GNU_RELRO, PT_GNU_STACK};
use goblin::elf::section_header::{SHT_NOBITS, SHT_NULL, SHT_SYMTAB, SectionHeader};

use super::dynamic::Dynamic;
use super::{File, symbols};
use crate::host::live::binary::reader::Problem;
use crate::model::Binary;
use crate::model::binary::{Debug, Endianness, Hardening, Kind, Linking, Relro, Symbols, Width};

pub(super) fn width(file: &File<'_>) -> Width {
    if file.context.container == Container::Big { Width::Bits64 } else { Width::Bits32 }
}

pub(super) fn endianness(file: &File<'_>) -> Endianness {
    if file.endian().is_little() { Endianness::Little } else { Endianness::Big }
}

/// Programs that can be loaded anywhere have the type of libraries: a linker
/// marks them, and those of old linkers have a loader and no name.
pub(super) fn kind(file: &File<'_>, has_interpreter: bool, dynamic: &Dynamic) -> Kind {
    match file.header.e_type {
        ET_EXEC => Kind::Program,
        ET_DYN if dynamic.marked_pie || has_interpreter && !dynamic.has_name => Kind::Program,
        ET_DYN => Kind::Library,
        ET_REL => Kind::Object,
        ET_CORE => Kind::Core,
        _ => Kind::Other,
    }
}

pub(super) fn linking(file: &File<'_>, kind: Kind, has_interpreter: bool, dynamic: &Dynamic) -> Option<Linking> {
    match kind {
        Kind::Program if has_interpreter || !dynamic.needed.is_empty() => Some(Linking::Dynamic),
        Kind::Program if file.header.e_type == ET_DYN => Some(Linking::StaticPie),
        Kind::Program => Some(Linking::Static),
        Kind::Library => Some(Linking::Dynamic),
        _ => None,
    }
}

/// Without a section table nothing is left of the symbols.
pub(super) fn symbols(file: &File<'_>) -> Option<Symbols> {
    let there = file.section_of_type(SHT_SYMTAB).is_some();
    Some(if there { Symbols::Present } else { Symbols::Stripped })
}

pub(super) fn debug(file: &File<'_>) -> Option<Debug> {
    let there = [".debug_info", ".zdebug_info"].iter().any(|name| file.section(name).is_some());
    Some(if there { Debug::Present } else { Debug::Absent })
}

/// What linkers put beside the code of a program.
const STUBS: [&str; 5] = [".init", ".fini", ".plt", ".plt.got", ".plt.sec"];

/// The section of code, or else the others that are executed; without a
/// section table, all that is loaded to be executed. A file of debug
/// information alone has the section's header without its content.
pub(super) fn text_size(file: &File<'_>) -> u64 {
    if file.sections().is_empty() {
        return file.loaded().filter(|header| header.p_flags & PF_X != 0).map(|header| header.p_filesz).sum();
    }
    let is_stub = |section: &SectionHeader| STUBS.iter().any(|name| file.is_named(section, name));
    match file.section(".text") {
        Some(section) if section.sh_type == SHT_NOBITS => 0,
        Some(section) => section.sh_size,
        None => {
            let code = file.sections().iter().filter(|section| section.is_executable() && !is_stub(section));
            code.fold(0, |sum, section| sum.saturating_add(section.sh_size))
        }
    }
}

/// The first section that goes beyond the end of the file. What is loaded is
/// there by now: a program starts without the others.
pub(super) fn cut_off(file: &File<'_>) -> Option<String> {
    let size = file.reader.size();
    let goes_beyond = |section: &&SectionHeader| {
        let end = section.sh_offset.checked_add(section.sh_size);
        !matches!(section.sh_type, SHT_NOBITS | SHT_NULL) && end.is_none_or(|end| end > size)
    };
    let section = file.sections().iter().find(goes_beyond)?;
    let name = file
        .name(section)
        .filter(|name| !name.is_empty())
        .map_or("one of its sections".to_owned(), |name| format!("its section {name}"));
    let (length, start) = (section.sh_size, section.sh_offset);
    Some(format!("{name} ({length} bytes from byte {start} on) goes beyond its end at byte {size}"))
}

/// None for what is not loaded.
pub(super) fn hardening(file: &File<'_>, binary: &Binary, dynamic: &Dynamic) -> Result<Option<Hardening>, Problem> {
    if !matches!(binary.kind, Kind::Program | Kind::Library) {
        return Ok(None);
    }
    let header = |kind| file.programs.iter().find(|header| header.p_type == kind);
    let relro = match (header(PT_GNU_RELRO), dynamic.binds_now) {
        (None, _) => Relro::None,
        (Some(_), false) => Relro::Partial,
        (Some(_), true) => Relro::Full,
    };
    Ok(Some(Hardening {
        position_independent: file.header.e_type == ET_DYN,
        relro,
        no_exec_stack: header(PT_GNU_STACK).map(|header| header.p_flags & PF_X == 0),
        stack_canary: canary(file, binary, dynamic)?,
    }))
}

/// The function that C calls when it finds its stack overwritten.
const CANARY: &[u8] = b"\0__stack_chk_fail\0";

fn canary(file: &File<'_>, binary: &Binary, dynamic: &Dynamic) -> Result<Option<bool>, Problem> {
    let setting = binary.go.as_ref().and_then(|go| go.settings.get("CGO_ENABLED"));
    // There is no C in it.
    if setting.is_some_and(|value| value == "0") {
        return Ok(Some(false));
    }
    symbols::names_contain(file, dynamic, binary.linking, CANARY)
}
