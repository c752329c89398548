use goblin::container::{Container, Ctx};
use goblin::elf::Header;
use goblin::elf::header::{
    EI_OSABI, ELFOSABI_FREEBSD, ELFOSABI_LINUX, ELFOSABI_NETBSD, ELFOSABI_OPENBSD, ELFOSABI_SOLARIS, EM_386,
    EM_AARCH64, EM_ARM, EM_LOONGARCH, EM_MIPS, EM_PPC64, EM_RISCV, EM_S390, EM_SPARCV9, EM_X86_64,
};

use super::File;
use super::notes::{areas, notes};
use crate::host::live::binary::reader::Problem;

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
    let areas = areas(file)?;
    let mut owners = areas.iter().flat_map(|area| notes(area, file.endian())).map(|note| note.owner);
    Ok(owners.find_map(|owner| match owner {
        b"GNU" => Some("linux"),
        b"FreeBSD" => Some("freebsd"),
        b"NetBSD" => Some("netbsd"),
        b"OpenBSD" => Some("openbsd"),
        b"Android" => Some("android"),
        _ => None,
    }))
}

/// The header's field, in readelf's words without `UNIX - `.
pub(super) fn os_abi(header: &Header) -> String {
    match header.e_ident[EI_OSABI] {
        0 => "System V".to_owned(),
        1 => "HP-UX".to_owned(),
        2 => "NetBSD".to_owned(),
        3 => "GNU".to_owned(),
        6 => "Solaris".to_owned(),
        7 => "AIX".to_owned(),
        9 => "FreeBSD".to_owned(),
        12 => "OpenBSD".to_owned(),
        97 if header.e_machine == EM_ARM => "ARM".to_owned(),
        other => format!("unknown: {other:x}"),
    }
}
