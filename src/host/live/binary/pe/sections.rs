use goblin::container::Endian;

use super::super::build_info::{Image, Segment};
use super::super::reader::{Problem, Reader, word32};

/// Windows itself loads no file with more.
const LIMIT: u16 = 96;
const RECORD: usize = 40;

/// The section table.
pub(super) struct Sections(Vec<Section>);

struct Section {
    name: [u8; 8],
    /// Bytes in memory.
    loaded: u32,
    /// From the base.
    address: u32,
    offset: u32,
    size: u32,
    flags: u32,
}

impl Sections {
    pub(super) fn read(reader: &Reader<'_>, at: u64, count: u16) -> Result<Self, Problem> {
        if count > LIMIT {
            return Err(Problem::damaged("it has too many sections"));
        }
        let table = reader.bytes(at, RECORD as u64 * u64::from(count))?;
        let sections = table.chunks_exact(RECORD).map(|record| {
            let word = |at| word32(record, at, Endian::Little).unwrap_or(0);
            Section {
                name: *record.first_chunk().unwrap_or(&[0; 8]),
                loaded: word(8),
                address: word(12),
                size: word(16),
                offset: word(20),
                flags: word(36),
            }
        });
        let sections: Vec<Section> = sections.collect();
        let size = reader.size();
        for section in &sections {
            let end = u64::from(section.offset) + u64::from(section.size);
            if section.size != 0 && section.offset != 0 && end > size {
                return Err(Problem::damaged(format!(
                    "a section ({} bytes from byte {} on) goes beyond its end at byte {size}",
                    section.size, section.offset
                )));
            }
        }
        Ok(Sections(sections))
    }

    /// Bytes of machine code.
    pub(super) fn text_size(&self) -> Option<u64> {
        self.0.iter().find(|section| &section.name == b".text\0\0\0").map(|section| section.loaded.into())
    }

    /// Where in the file an address from the base is.
    pub(super) fn offset_of(&self, address: u32) -> Option<u64> {
        self.0.iter().find_map(|section| {
            let inside = address.checked_sub(section.address).filter(|inside| *inside < section.size)?;
            Some(u64::from(section.offset) + u64::from(inside))
        })
    }

    /// Go puts its build info into the first writable data that has content.
    pub(super) fn image(&self, base: u64) -> Image {
        const WRITABLE_DATA: u32 = 0x8000_0000 | 0x4000_0000 | 0x40;
        let data = self.0.iter().find(|section| {
            section.address != 0 && section.size != 0 && section.flags & WRITABLE_DATA == WRITABLE_DATA
        });
        let segment = |section: &Section| Segment {
            address: base.wrapping_add(section.address.into()),
            offset: section.offset.into(),
            size: section.size.into(),
        };
        Image {
            place: data.map_or((0, 0), |section| (section.offset.into(), section.size.into())),
            segments: self.0.iter().map(segment).collect(),
        }
    }
}
