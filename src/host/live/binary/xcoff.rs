//! XCOFF of 64 bits, the format of AIX: what leads to Go's build info.

use goblin::container::Endian;

use super::build_info::{Image, Segment};
use super::reader::{Problem, Reader, word16, word32, word64};

const MAGIC: [u8; 2] = [0x01, 0xf7];
const HEADER: u64 = 24;
/// The size of the second header, which programs alone have in full.
const PROGRAM_HEADER: u16 = 120;
const SECTION: u64 = 72;
/// Programs have a dozen.
const MOST_SECTIONS: u64 = 100;
/// The type of a section, in the lower half of its flags: initialized data.
const DATA: u32 = 0x40;

/// True for the first bytes of a program.
pub(super) fn is_program(start: &[u8]) -> bool {
    start.starts_with(&MAGIC) && word16(start, 16, Endian::Big) == Some(PROGRAM_HEADER)
}

/// Where its data are.
pub(super) fn image(reader: &Reader<'_>) -> Result<Image, Problem> {
    let count = word16(&reader.up_to(2, 2)?, 0, Endian::Big).map_or(0, u64::from).min(MOST_SECTIONS);
    let table = reader.up_to(HEADER + u64::from(PROGRAM_HEADER), count * SECTION)?;
    let segments: Vec<Segment> = table.chunks(SECTION as usize).filter_map(data).collect();
    let place = segments.first().map_or((0, 0), |data| (data.offset, data.size));
    Ok(Image { place, segments })
}

/// A section, when it holds data.
fn data(section: &[u8]) -> Option<Segment> {
    let word = |at| word64(section, at, Endian::Big);
    let kind = word32(section, 64, Endian::Big)? & 0xffff;
    (kind == DATA).then_some(Segment { address: word(16)?, size: word(24)?, offset: word(32)? })
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::reader::Source;
    use super::*;

    /// A program whose second section is these data.
    pub(in super::super) fn program(data: &[u8]) -> Vec<u8> {
        let section = |kind: u32, address: u64, size: u64, offset: u64| {
            let words = [0, address, address, size, offset, 0, 0, 0];
            let words = words.iter().flat_map(|word| word.to_be_bytes());
            words.chain(kind.to_be_bytes()).chain([0; 4]).collect::<Vec<u8>>()
        };
        let mut file = [MAGIC.as_slice(), &2_u16.to_be_bytes(), &[0; 12], &PROGRAM_HEADER.to_be_bytes()].concat();
        file.resize((HEADER + u64::from(PROGRAM_HEADER)) as usize, 0);
        let offset = file.len() as u64 + 2 * SECTION;
        file.extend(section(0x20, 0x1_0000_0000, 0, offset));
        file.extend(section(DATA, 0x2_0000_0000, data.len() as u64, offset));
        file.extend(data);
        file
    }

    #[test]
    fn the_data_are_found_by_their_type() {
        let file = program(b"data");
        let file = file.as_slice();
        assert!(is_program(file));
        let image = image(&Reader::new(&file as &dyn Source).unwrap()).unwrap();
        assert_eq!(image.place, (288, 4));
        assert_eq!(image.segments[0].address, 0x2_0000_0000);
    }

    #[test]
    fn two_bytes_make_no_program() {
        assert!(!is_program(&[0x01, 0xf7, 0, 0]));
        assert!(!is_program(&[&MAGIC[..], &[0; 30]].concat()));
    }
}
