//! Programs of Plan 9: what leads to Go's build info.

use goblin::container::Endian;

use super::build_info::Image;
use super::reader::{Problem, Reader, word32};

/// The magic numbers, with the architecture and the size of the header.
const KINDS: [([u8; 4], &str, u64); 3] =
    [([0, 0, 0x01, 0xeb], "386", 32), ([0, 0, 0x8a, 0x97], "amd64", 40), ([0, 0, 0x06, 0x47], "arm", 32)];

/// The architecture, as Go names it, by a file's first bytes; None for what
/// is no such program.
pub(super) fn goarch(start: &[u8]) -> Option<&'static str> {
    KINDS.iter().find(|(magic, ..)| start.starts_with(magic)).map(|(_, goarch, _)| *goarch)
}

/// Where its data are: behind the header and the code.
pub(super) fn image(reader: &Reader<'_>) -> Result<Image, Problem> {
    let header = reader.up_to(0, 12)?;
    let size = KINDS.iter().find(|(magic, ..)| header.starts_with(magic)).map_or(0, |(.., size)| *size);
    let word = |at| u64::from(word32(&header, at, Endian::Big).unwrap_or(0));
    Ok(Image { place: (size + word(4), word(8)), segments: Vec::new() })
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::reader::Source;
    use super::*;

    /// A program for amd64 of 8 bytes of code, with these data.
    pub(in super::super) fn program(data: &[u8]) -> Vec<u8> {
        let words = [0x8a97, 8, u32::try_from(data.len()).unwrap(), 0, 0, 0, 0, 0, 0, 0];
        words.iter().flat_map(|word: &u32| word.to_be_bytes()).chain([0; 8]).chain(data.iter().copied()).collect()
    }

    #[test]
    fn the_data_lie_behind_the_code() {
        let file = program(b"data");
        let file = file.as_slice();
        let image = image(&Reader::new(&file as &dyn Source).unwrap()).unwrap();
        assert_eq!(image.place, (48, 4));
        assert_eq!(goarch(file), Some("amd64"));
        assert_eq!(goarch(b"\0\0\x01"), None);
    }
}
