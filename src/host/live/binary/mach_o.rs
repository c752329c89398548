//! Mach-O, the format of macOS, thin or with several architectures.

mod commands;

use goblin::container::{Container, Ctx};
use goblin::mach::parse_magic_and_ctx;

use self::commands::Commands;
use super::build_info::{self, Image};
use super::reader::{Problem, Reader, word32};
use super::{nothing_known, prefer_settings};
use crate::host::{Binary, Format};

/// Of a file with several architectures, always big-endian.
const FAT_MAGIC: [u8; 4] = [0xca, 0xfe, 0xba, 0xbe];
/// Java class files begin like that too, followed by their version, of 45 and
/// more.
const MOST_ARCHITECTURES: u32 = 30;
/// Load commands of the largest programs take some tens of KiB.
const COMMANDS_LIMIT: u32 = 1024 * 1024;

/// True for the first bytes of a Mach-O file.
pub(super) fn is_magic(start: &[u8]) -> bool {
    start == FAT_MAGIC || matches!(parse_magic_and_ctx(start, 0), Ok((_, Some(_))))
}

pub(super) fn inspect(reader: &Reader<'_>, goarch: &str) -> Result<Binary, Problem> {
    let start = reader.up_to(0, 8)?;
    if !start.starts_with(&FAT_MAGIC) {
        return thin(reader);
    }
    let count = word32(&start, 4, goblin::container::Endian::Big).unwrap_or(0);
    if count > MOST_ARCHITECTURES {
        return Ok(nothing_known(Format::Other));
    }
    let mut first = None;
    for index in 0..u64::from(count) {
        let entry = reader.bytes(8 + 20 * index, 20)?;
        let word = |at| u64::from(word32(&entry, at, goblin::container::Endian::Big).unwrap_or(0));
        let binary = thin(&reader.part(word(8), word(12))?)?;
        if binary.goarch.as_deref() == Some(goarch) {
            return Ok(binary);
        }
        first.get_or_insert(binary);
    }
    first.ok_or_else(|| Problem::damaged("it has no architecture in it"))
}

fn thin(reader: &Reader<'_>) -> Result<Binary, Problem> {
    let header = reader.up_to(0, 32)?;
    let Ok((_, Some(context))) = parse_magic_and_ctx(&header, 0) else {
        return Err(Problem::damaged("its Mach-O header is wrong"));
    };
    let cut = || Problem::damaged("its Mach-O header is cut off");
    let word = |at| word32(&header, at, context.le).ok_or_else(cut);
    let (cpu, count, size) = (word(4)?, word(16)?, word(20)?);
    if size > COMMANDS_LIMIT {
        return Err(Problem::damaged("its load commands are too large"));
    }
    let content = reader.bytes(header_size(context), u64::from(size))?;
    let commands = Commands::parse(&content, count, context)?;
    let image = Image { place: commands.build_info.or(commands.data).unwrap_or((0, 0)), segments: commands.segments };
    let mut binary = Binary {
        goos: Some("darwin".to_owned()),
        goarch: goarch_of(cpu).map(str::to_owned),
        interpreter: commands.interpreter.map(Into::into),
        needed: commands.needed,
        run_path: commands.run_path,
        go: build_info::find(reader, &image)?,
        ..nothing_known(Format::MachO)
    };
    prefer_settings(&mut binary);
    Ok(binary)
}

fn header_size(context: Ctx) -> u64 {
    if context.container == Container::Big { 32 } else { 28 }
}

fn goarch_of(cpu: u32) -> Option<&'static str> {
    use goblin::mach::constants::cputype::{
        CPU_TYPE_ARM, CPU_TYPE_ARM64, CPU_TYPE_I386, CPU_TYPE_POWERPC64, CPU_TYPE_X86_64,
    };
    match cpu {
        CPU_TYPE_X86_64 => Some("amd64"),
        CPU_TYPE_ARM64 => Some("arm64"),
        CPU_TYPE_I386 => Some("386"),
        CPU_TYPE_ARM => Some("arm"),
        CPU_TYPE_POWERPC64 => Some("ppc64"),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests;
