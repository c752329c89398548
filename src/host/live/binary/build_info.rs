//! What Go embeds into the binaries it builds, as debug/buildinfo reads it.

use goblin::container::Endian;

use super::reader::{Problem, Reader, word32, word64};
use super::settings;
use crate::host::BuildInfo;

const MAGIC: &[u8] = b"\xff Go buildinf:";
/// The linker puts the header at a multiple of this.
const ALIGN: usize = 16;
const HEADER: u64 = 32;
/// How much of the data is searched where no section names the place.
const SEARCHED: u64 = 1024 * 1024;
const VERSION_LIMIT: u64 = 1024;
const MODULES_LIMIT: u64 = 2 * 1024 * 1024;

/// A piece of the file that is loaded to an address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) address: u64,
    pub(super) offset: u64,
    /// Bytes of it that are in the file.
    pub(super) size: u64,
}

/// Where build info is looked for.
pub(super) struct Image {
    /// Offset and size in the file: the section of its own, or else the data.
    pub(super) place: (u64, u64),
    /// For the addresses that Go before 1.18 stored.
    pub(super) segments: Vec<Segment>,
}

/// The build info, when the file was built by Go.
pub(super) fn find(reader: &Reader<'_>, image: &Image) -> Result<Option<BuildInfo>, Problem> {
    let Some((offset, header)) = search(reader, image.place)? else { return Ok(None) };
    let (version, modules) = match (header[14], header[15]) {
        (_, flags) if flags & 2 != 0 => inline(reader, offset + HEADER)?,
        (size @ (4 | 8), flags) => {
            let endian = if flags & 1 != 0 { Endian::Big } else { Endian::Little };
            let strings = Strings { reader, segments: &image.segments, wide: size == 8, endian };
            let step = usize::from(size);
            (strings.at_pointer(&header, 16, VERSION_LIMIT)?, strings.at_pointer(&header, 16 + step, MODULES_LIMIT)?)
        }
        _ => return Err(Problem::NotUnderstood("Go's build info has an unknown form")),
    };
    if version.is_empty() {
        return Ok(None);
    }
    let version = String::from_utf8_lossy(&version).into_owned();
    Ok(Some(settings::parse(version, &String::from_utf8_lossy(unwrap_marks(&modules)))))
}

/// The offset of the header and its bytes.
fn search(reader: &Reader<'_>, (offset, size): (u64, u64)) -> Result<Option<(u64, Vec<u8>)>, Problem> {
    const STEP: u64 = 64 * 1024;
    let size = size.min(SEARCHED);
    let mut done = 0;
    while done < size {
        let chunk = reader.up_to(offset.saturating_add(done), STEP.min(size - done))?;
        if chunk.is_empty() {
            break;
        }
        if let Some(at) = chunk.chunks(ALIGN).position(|piece| piece.starts_with(MAGIC)) {
            let found = offset + done + (at * ALIGN) as u64;
            return Ok(Some((found, reader.bytes(found, HEADER)?)));
        }
        done += STEP;
    }
    Ok(None)
}

/// Go 1.18 and later: two strings behind the header, each with its length as
/// a varint before it.
fn inline(reader: &Reader<'_>, offset: u64) -> Result<(Vec<u8>, Vec<u8>), Problem> {
    let (version, next) = counted(reader, offset, VERSION_LIMIT)?;
    let (modules, _) = counted(reader, next, MODULES_LIMIT)?;
    Ok((version, modules))
}

fn counted(reader: &Reader<'_>, offset: u64, limit: u64) -> Result<(Vec<u8>, u64), Problem> {
    let prefix = reader.up_to(offset, 10)?;
    let too_long = || Problem::damaged("Go's build info is too long");
    let mut length = 0_u64;
    for (count, byte) in prefix.iter().enumerate() {
        length |= u64::from(byte & 0x7f).checked_shl(7 * count as u32).unwrap_or(0);
        if byte & 0x80 == 0 {
            let start = offset + count as u64 + 1;
            return if length > limit { Err(too_long()) } else { Ok((reader.bytes(start, length)?, start + length)) };
        }
    }
    Err(too_long())
}

/// Go 1.13 to 1.17: the header points at two Go strings, each a pointer and a
/// length.
struct Strings<'a> {
    reader: &'a Reader<'a>,
    segments: &'a [Segment],
    wide: bool,
    endian: Endian,
}

impl Strings<'_> {
    fn at_pointer(&self, header: &[u8], at: usize, limit: u64) -> Result<Vec<u8>, Problem> {
        let width = if self.wide { 8 } else { 4 };
        let pointer = self.word(header, at)?;
        if pointer == 0 {
            return Ok(Vec::new());
        }
        let string = self.reader.bytes(self.offset(pointer, 2 * width)?, 2 * width)?;
        let (data, length) = (self.word(&string, 0)?, self.word(&string, width as usize)?);
        match length {
            0 => Ok(Vec::new()),
            _ if length > limit => Err(Problem::damaged("Go's build info is too long")),
            _ => self.reader.bytes(self.offset(data, length)?, length),
        }
    }

    fn word(&self, bytes: &[u8], at: usize) -> Result<u64, Problem> {
        let word =
            if self.wide { word64(bytes, at, self.endian) } else { word32(bytes, at, self.endian).map(u64::from) };
        word.ok_or_else(|| Problem::damaged("Go's build info is cut off"))
    }

    /// Where in the file an address is, with all of `count` bytes behind it.
    fn offset(&self, address: u64, count: u64) -> Result<u64, Problem> {
        self.segments
            .iter()
            .find_map(|segment| {
                let inside = address.checked_sub(segment.address)?;
                let fits = inside.checked_add(count).is_some_and(|end| end <= segment.size);
                if fits { segment.offset.checked_add(inside) } else { None }
            })
            .ok_or_else(|| Problem::damaged("Go's build info points nowhere"))
    }
}

/// The module text without the 16 bytes that mark its beginning and its end,
/// which are there so that it is found in a core dump.
fn unwrap_marks(modules: &[u8]) -> &[u8] {
    match modules.len().checked_sub(17) {
        Some(end) if end >= 16 && modules[end] == b'\n' => &modules[16..=end],
        _ => &[],
    }
}

#[cfg(test)]
pub(super) mod tests;
