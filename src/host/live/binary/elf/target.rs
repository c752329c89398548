use goblin::container::{Container, Ctx};
use goblin::elf::Header;
use goblin::elf::header::{
    EI_OSABI, ELFOSABI_FREEBSD, ELFOSABI_LINUX, ELFOSABI_NETBSD, ELFOSABI_OPENBSD, ELFOSABI_SOLARIS, EM_386,
    EM_AARCH64, EM_ARM, EM_LOONGARCH, EM_MIPS, EM_PPC64, EM_RISCV, EM_S390, EM_SPARCV9, EM_X86_64,
};
use goblin::elf::program_header::PT_NOTE;

use super::File;
use crate::host::live::binary::reader::{Problem, word32};

/// The architecture as Go names it.
pub(super) fn goarch(header: &Header, context: Ctx) -> Option<&'static str> {
    let wide = context.container == Container::Big;
    Some(match (header.e_machine, wide, context.le.is_little()) {
        (EM_386, ..) => "386",
        (EM_X86_64, true, _) => "amd64",
        (EM_X86_64, false, _) => "amd64p32",
        (EM_ARM, _, true) => "arm",
        (EM_ARM, _, false) => "armbe",
        (EM_AARCH64, _, true) => "arm64",
        (EM_AARCH64, _, false) => "arm64be",
        (EM_PPC64, _, true) => "ppc64le",
        (EM_PPC64, _, false) => "ppc64",
        (EM_MIPS, true, true) => "mips64le",
        (EM_MIPS, true, false) => "mips64",
        (EM_MIPS, false, true) => "mipsle",
        (EM_MIPS, false, false) => "mips",
        (EM_RISCV, true, _) => "riscv64",
        (EM_RISCV, false, _) => "riscv",
        (EM_S390, true, _) => "s390x",
        (EM_LOONGARCH, true, _) => "loong64",
        (EM_SPARCV9, ..) => "sparc64",
        _ => return None,
    })
}

/// The operating system as Go names it. Most leave the header's field at
/// zero, and tell it by the loader they name or by a note.
pub(super) fn goos(file: &File<'_>, interpreter: Option<&str>) -> Result<Option<String>, Problem> {
    let by_field = match file.header.e_ident[EI_OSABI] {
        ELFOSABI_LINUX => Some("linux"),
        ELFOSABI_FREEBSD => Some("freebsd"),
        ELFOSABI_NETBSD => Some("netbsd"),
        ELFOSABI_OPENBSD => Some("openbsd"),
        ELFOSABI_SOLARIS => Some("solaris"),
        _ => None,
    };
    let known = match by_field.or_else(|| interpreter.and_then(by_interpreter)) {
        Some(known) => Some(known),
        None => by_note(file)?,
    };
    Ok(known.map(str::to_owned))
}

fn by_interpreter(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next()?;
    match name {
        _ if name.starts_with("ld-linux") || name.starts_with("ld-musl") || name.starts_with("ld64.so") => {
            Some("linux")
        }
        "ld-elf.so.1" => Some("freebsd"),
        "ld.elf_so" => Some("netbsd"),
        "linker" | "linker64" => Some("android"),
        "ld.so" if path.starts_with("/usr/libexec/") => Some("openbsd"),
        _ => None,
    }
}

/// The owner of the first note that an operating system owns.
fn by_note(file: &File<'_>) -> Result<Option<&'static str>, Problem> {
    const NOTES_LIMIT: u64 = 4096;
    for header in file.programs.iter().filter(|header| header.p_type == PT_NOTE) {
        let notes = file.reader.up_to(header.p_offset, header.p_filesz.min(NOTES_LIMIT))?;
        if let Some(owner) = owners(&notes, file).find_map(|owner| match owner {
            b"GNU" => Some("linux"),
            b"FreeBSD" => Some("freebsd"),
            b"NetBSD" => Some("netbsd"),
            b"OpenBSD" => Some("openbsd"),
            b"Android" => Some("android"),
            _ => None,
        }) {
            return Ok(Some(owner));
        }
    }
    Ok(None)
}

/// The owners of notes: each a header of three words, a name and a
/// description, padded to words.
fn owners<'a>(notes: &'a [u8], file: &File<'_>) -> impl Iterator<Item = &'a [u8]> {
    let endian = file.endian();
    let mut rest = notes;
    std::iter::from_fn(move || {
        let name_size = word32(rest, 0, endian)? as usize;
        let description_size = word32(rest, 4, endian)? as usize;
        let name = rest.get(12..)?.get(..name_size)?;
        let next = 12_usize
            .checked_add(name_size.next_multiple_of(4))?
            .checked_add(description_size.checked_next_multiple_of(4)?)?;
        rest = rest.get(next..).unwrap_or_default();
        Some(name.strip_suffix(b"\0").unwrap_or(name))
    })
}
