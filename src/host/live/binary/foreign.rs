//! Formats that are told by name only, for Go builds them too.

use memchr::memmem;

use super::reader::{Problem, Reader};
use crate::model::binary::Kind;
use crate::model::{Binary, Format};

/// How much of a WebAssembly module is searched for what it imports.
const IMPORTS: u64 = 16 * 1024;

/// By its first bytes; something else, when they tell nothing.
pub(super) fn inspect(reader: &Reader<'_>, start: &[u8]) -> Result<Binary, Problem> {
    let (goos, goarch) = match start {
        [0, b'a', b's', b'm', ..] => (wasm_host(reader)?, "wasm"),
        [0, 0, 0x01, 0xeb, ..] => (Some("plan9"), "386"),
        [0, 0, 0x8a, 0x97, ..] => (Some("plan9"), "amd64"),
        [0, 0, 0x06, 0x47, ..] => (Some("plan9"), "arm"),
        [0x01, 0xf7, ..] => (Some("aix"), "ppc64"),
        _ => return Ok(Binary::of(Format::Other)),
    };
    Ok(Binary {
        kind: Kind::Program,
        goos: goos.map(str::to_owned),
        goarch: Some(goarch.to_owned()),
        ..Binary::of(Format::Other)
    })
}

/// What a module wants to run in, by whom it imports from.
fn wasm_host(reader: &Reader<'_>) -> Result<Option<&'static str>, Problem> {
    let head = reader.up_to(0, IMPORTS)?;
    let hosts: [(&[u8], _); 2] = [(b"wasi_snapshot_preview1", "wasip1"), (b"gojs", "js")];
    Ok(hosts.into_iter().find(|(name, _)| memmem::find(&head, name).is_some()).map(|(_, host)| host))
}
