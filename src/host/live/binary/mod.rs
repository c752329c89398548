//! What a binary is, from its headers and Go's build info: read in ranges,
//! never as a whole, and never believed.
//!
//! Every offset and count stands in the file and may be wrong. They go
//! through [`Reader`], which reads nothing outside the file and not more than
//! a budget.

mod archive;
mod build_info;
mod elf;
mod foreign;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod mach_o;
mod pe;
mod plan9;
mod reader;
mod script;
mod settings;
mod xcoff;

use std::path::Path;

use self::reader::{Problem, Reader};
use super::files::Files;
use crate::model::{Binary, Missing, Reason};

/// What the file at a path is. `goarch` is the architecture that is preferred
/// in a file with several.
pub(super) fn read(files: &Files<'_>, path: &Path, goarch: &str) -> Result<Binary, Missing> {
    let file = files.open(path)?;
    let reader = Reader::new(&file).map_err(|error| files.missing(path, &error))?;
    inspect(&reader, goarch).map_err(|problem| match problem {
        Problem::Damaged(what) => Missing::new(Reason::Damaged, format!("{} is damaged: {what}", files.name(path))),
        Problem::NotUnderstood(what) => Missing::failed(format!("{}: {what}", files.name(path))),
        Problem::Io(error) => files.missing(path, &error),
    })
}

/// How much of the start of a file is kept: handlers that the kernel knows
/// look no further.
const START: u64 = 128;

fn inspect(reader: &Reader<'_>, goarch: &str) -> Result<Binary, Problem> {
    let start = reader.up_to(0, START)?;
    let mut binary = by_magic(reader, &start, goarch)?;
    (binary.size, binary.start) = (reader.size(), start);
    prefer_settings(&mut binary);
    Ok(binary)
}

fn by_magic(reader: &Reader<'_>, start: &[u8], goarch: &str) -> Result<Binary, Problem> {
    match start {
        [0x7f, b'E', b'L', b'F', ..] => elf::inspect(reader),
        [b'M', b'Z', ..] => pe::inspect(reader),
        [b'#', b'!', ..] => script::inspect(reader),
        _ if archive::is_magic(start) => archive::inspect(reader, goarch),
        _ if mach_o::is_magic(start.get(..4).unwrap_or_default()) => mach_o::inspect(reader, goarch),
        _ => foreign::inspect(reader, start),
    }
}

/// Go's build settings tell Linux from illumos, which a header does not. The
/// architecture is what the header says, if it says one: a kernel goes by it.
fn prefer_settings(binary: &mut Binary) {
    let Some(go) = &binary.go else { return };
    if let Some(goos) = go.settings.get("GOOS") {
        binary.goos = Some(goos.clone());
    }
    if binary.goarch.is_none() {
        binary.goarch = go.settings.get("GOARCH").cloned();
    }
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
