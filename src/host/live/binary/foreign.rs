//! Formats that are told by name and by Go's build info only, for Go builds
//! them too.

use memchr::memmem;

use super::build_info::{self, Image};
use super::reader::{Problem, Reader};
use super::{plan9, xcoff};
use crate::host::BuildInfo;
use crate::model::binary::Kind;
use crate::model::{Binary, Format};

/// How much of a WebAssembly module is searched for what it imports.
const IMPORTS: u64 = 16 * 1024;

/// By its first bytes; something else, when they tell nothing.
pub(super) fn inspect(reader: &Reader<'_>, start: &[u8]) -> Result<Binary, Problem> {
    if start.starts_with(b"\0asm") {
        // go version finds no build info in it either.
        return Ok(program(wasm_host(reader)?, "wasm", None));
    }
    if let Some(goarch) = plan9::goarch(start) {
        return Ok(program(Some("plan9"), goarch, built_by(reader, &plan9::image(reader)?)?));
    }
    if xcoff::is_program(start) {
        return Ok(program(Some("aix"), "ppc64", built_by(reader, &xcoff::image(reader)?)?));
    }
    Ok(Binary::of(Format::Other))
}

fn program(goos: Option<&str>, goarch: &str, go: Option<BuildInfo>) -> Binary {
    Binary {
        kind: Kind::Program,
        goos: goos.map(str::to_owned),
        goarch: Some(goarch.to_owned()),
        go,
        ..Binary::of(Format::Other)
    }
}

/// Go's build info. That of which no sense can be made is none: too little is
/// known of these formats to call a file damaged.
fn built_by(reader: &Reader<'_>, image: &Image) -> Result<Option<BuildInfo>, Problem> {
    match build_info::find(reader, image) {
        Err(Problem::Io(error)) => Err(Problem::Io(error)),
        found => Ok(found.ok().flatten()),
    }
}

/// What a module wants to run in, by whom it imports from.
fn wasm_host(reader: &Reader<'_>) -> Result<Option<&'static str>, Problem> {
    let head = reader.up_to(0, IMPORTS)?;
    let hosts: [(&[u8], _); 2] = [(b"wasi_snapshot_preview1", "wasip1"), (b"gojs", "js")];
    Ok(hosts.into_iter().find(|(name, _)| memmem::find(&head, name).is_some()).map(|(_, host)| host))
}
