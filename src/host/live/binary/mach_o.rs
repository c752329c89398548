//! Mach-O, the format of macOS, thin or with several architectures.

mod commands;

use goblin::container::{Container, Ctx};
use goblin::mach::header::{MH_BUNDLE, MH_CORE, MH_DYLIB, MH_EXECUTE, MH_OBJECT, MH_PIE};
use goblin::mach::parse_magic_and_ctx;

use self::commands::Commands;
use super::build_info::{self, Image};
use super::reader::{Problem, Reader, word32};
use crate::model::binary::{Debug, Endianness, Hardening, Kind, Linking, Relro, Symbols, Width};
use crate::model::{Binary, Format};

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
        return Ok(Binary::of(Format::Other));
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
    let (cpu, kind, count, size, flags) = (word(4)?, word(12)?, word(16)?, word(20)?, word(24)?);
    if size > COMMANDS_LIMIT {
        return Err(Problem::NotUnderstood("its load commands are too large"));
    }
    let content = reader.bytes(header_size(context), u64::from(size))?;
    let commands = Commands::parse(&content, count, context)?;
    for segment in &commands.segments {
        if segment.offset.checked_add(segment.size).is_none_or(|end| end > reader.size()) {
            return Err(Problem::damaged(format!(
                "a segment ({} bytes from byte {} on) goes beyond its end at byte {}",
                segment.size,
                segment.offset,
                reader.size()
            )));
        }
    }
    let image = Image { place: commands.build_info.or(commands.data).unwrap_or((0, 0)), segments: commands.segments };
    Ok(Binary {
        kind: kind_of(kind),
        goos: Some(commands.system.to_owned()),
        width: Some(if context.container == Container::Big { Width::Bits64 } else { Width::Bits32 }),
        endianness: Some(if context.le.is_little() { Endianness::Little } else { Endianness::Big }),
        linking: linking_of(kind, commands.interpreter.is_some() || !commands.needed.is_empty()),
        goarch: goarch_of(cpu).map(str::to_owned),
        interpreter: commands.interpreter.map(Into::into),
        needed: commands.needed,
        run_path: commands.run_path,
        go: build_info::find(reader, &image)?,
        symbols: Some(if commands.has_symbols { Symbols::Present } else { Symbols::Stripped }),
        debug: Some(if commands.has_debug { Debug::Present } else { Debug::Absent }),
        hardening: matches!(kind_of(kind), Kind::Program | Kind::Library).then_some(Hardening {
            position_independent: flags & MH_PIE != 0 || kind != MH_EXECUTE,
            relro: Relro::None,
            // Stacks can be executed on no system of today.
            no_exec_stack: None,
            stack_canary: None,
        }),
        text_size: commands.text_size,
        build_id: commands.uuid,
        ..Binary::of(Format::MachO)
    })
}

fn kind_of(kind: u32) -> Kind {
    match kind {
        MH_EXECUTE => Kind::Program,
        MH_DYLIB | MH_BUNDLE => Kind::Library,
        MH_OBJECT => Kind::Object,
        MH_CORE => Kind::Core,
        _ => Kind::Other,
    }
}

fn linking_of(kind: u32, asks_for_something: bool) -> Option<Linking> {
    match (kind_of(kind), asks_for_something) {
        (Kind::Program | Kind::Library, true) => Some(Linking::Dynamic),
        (Kind::Program | Kind::Library, false) => Some(Linking::Static),
        _ => None,
    }
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
