//! What a binary is, from its headers and Go's build info: read in ranges,
//! never as a whole, and never believed.
//!
//! Every offset and count stands in the file and may be wrong. They go
//! through [`Reader`], which reads nothing outside the file and not more than
//! a budget.

mod build_info;
mod elf;
mod mach_o;
mod pe;
mod reader;
mod script;
mod settings;

use std::path::Path;

use self::reader::{Problem, Reader};
use super::files::Files;
use crate::host::{Binary, Format};
use crate::model::Missing;

/// What the file at a path is. `goarch` is the architecture that is preferred
/// in a file with several.
pub(super) fn read(files: &Files<'_>, path: &Path, goarch: &str) -> Result<Binary, Missing> {
    let file = files.open(path)?;
    let reader = Reader::new(&file).map_err(|error| files.missing(path, &error))?;
    inspect(&reader, goarch).map_err(|problem| match problem {
        Problem::Damaged(what) => Missing::failed(format!("{} is damaged: {what}", files.name(path))),
        Problem::Io(error) => files.missing(path, &error),
    })
}

fn inspect(reader: &Reader<'_>, goarch: &str) -> Result<Binary, Problem> {
    let start = reader.up_to(0, 4)?;
    match start.as_slice() {
        b"\x7fELF" => elf::inspect(reader),
        [b'M', b'Z', ..] => pe::inspect(reader),
        [b'#', b'!', ..] => script::inspect(reader),
        magic if mach_o::is_magic(magic) => mach_o::inspect(reader, goarch),
        _ => Ok(nothing_known(Format::Other)),
    }
}

/// A binary of which only the format is known.
fn nothing_known(format: Format) -> Binary {
    Binary {
        format,
        goos: None,
        goarch: None,
        interpreter: None,
        needed: Vec::new(),
        run_path: Vec::new(),
        glibc_required: None,
        glibc_provided: None,
        go: None,
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
mod tests;
