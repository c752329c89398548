//! The readers of binaries, from bytes in memory.

use super::build_info::{self, Image, Segment};
use super::reader::{Problem, Reader, Source};
use super::{archive, elf, inspect, mach_o, pe, script};

impl Source for &[u8] {
    fn size(&self) -> std::io::Result<u64> {
        Ok(self.len() as u64)
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> std::io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|offset| self.get(offset..)).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
}

/// Any file, by how it begins.
pub(crate) fn any(bytes: &[u8]) {
    survive(bytes, |reader| inspect(reader, "amd64"));
}

pub(crate) fn elf(bytes: &[u8]) {
    survive(bytes, elf::inspect);
}

pub(crate) fn pe(bytes: &[u8]) {
    survive(bytes, pe::inspect);
}

pub(crate) fn mach_o(bytes: &[u8]) {
    survive(bytes, |reader| mach_o::inspect(reader, "amd64"));
}

pub(crate) fn archive(bytes: &[u8]) {
    survive(bytes, |reader| archive::inspect(reader, "amd64"));
}

pub(crate) fn script(bytes: &[u8]) {
    survive(bytes, script::inspect);
}

/// Data that are loaded to address 4096, with Go's build info in them.
pub(crate) fn build_info(bytes: &[u8]) {
    let size = bytes.len() as u64;
    let segments = vec![Segment { address: 4096, offset: 0, size }];
    survive(bytes, |reader| build_info::find(reader, &Image { place: (0, size), segments }));
}

/// Memory cannot fail, and damage is told in words.
fn survive<T>(bytes: &[u8], read: impl FnOnce(&Reader<'_>) -> Result<T, Problem>) {
    let reader = Reader::new(&bytes).unwrap_or_else(|error| panic!("{error}"));
    match read(&reader) {
        Ok(_) => {}
        Err(Problem::Damaged(what)) => assert!(!what.is_empty()),
        Err(Problem::NotUnderstood(what)) => assert!(!what.is_empty()),
        Err(Problem::Io(error)) => panic!("{error}"),
    }
}
