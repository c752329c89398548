use std::cell::Cell;
use std::fs::File;
use std::io;
use std::rc::Rc;

use goblin::container::Endian;

/// How many bytes are read of one file in all. The headers, tables and build
/// info of the largest Go programs take a tenth of it.
const BUDGET: u64 = 8 * 1024 * 1024;

/// Why a file could not be understood.
#[derive(Debug)]
pub(super) enum Problem {
    /// Its content contradicts itself; what exactly, in a few words.
    Damaged(String),
    /// It may well be whole, and is more than this reader copes with.
    NotUnderstood(&'static str),
    /// It could not be read.
    Io(io::Error),
}

impl Problem {
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Problem::Damaged(what.into())
    }
}

/// Something that can be read at any offset.
pub(super) trait Source {
    fn size(&self) -> io::Result<u64>;
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
}

impl Source for File {
    fn size(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    #[cfg(unix)]
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, buffer, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(self, buffer, offset)
    }
}

/// Reads ranges of a file, or of a part of it, within a budget.
pub(super) struct Reader<'a> {
    source: &'a dyn Source,
    base: u64,
    size: u64,
    /// Parts take from the same budget.
    left: Rc<Cell<u64>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a dyn Source) -> io::Result<Self> {
        Ok(Reader { source, base: 0, size: source.size()?, left: Rc::new(Cell::new(BUDGET)) })
    }

    /// A part of the file, with offsets of its own.
    pub(super) fn part(&self, offset: u64, size: u64) -> Result<Reader<'a>, Problem> {
        self.check(offset, size)?;
        Ok(Reader { source: self.source, base: self.base + offset, size, left: Rc::clone(&self.left) })
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Exactly these bytes.
    pub(super) fn bytes(&self, offset: u64, count: u64) -> Result<Vec<u8>, Problem> {
        self.check(offset, count)?;
        self.fill(offset, count)
    }

    /// These bytes, or those of them that lie inside the file.
    pub(super) fn up_to(&self, offset: u64, count: u64) -> Result<Vec<u8>, Problem> {
        self.fill(offset, count.min(self.size.saturating_sub(offset)))
    }

    /// Text that ends with a NUL, of at most 32 KiB: some systems have search
    /// paths of hundreds of folders.
    pub(super) fn text(&self, offset: u64) -> Result<String, Problem> {
        const STEP: u64 = 128;
        const LIMIT: u64 = 32 * 1024;
        let mut text = Vec::new();
        while (text.len() as u64) < LIMIT {
            let piece = self.up_to(offset.saturating_add(text.len() as u64), STEP)?;
            match piece.iter().position(|byte| *byte == 0) {
                Some(end) => {
                    text.extend_from_slice(&piece[..end]);
                    return Ok(String::from_utf8_lossy(&text).into_owned());
                }
                None if piece.is_empty() => break,
                None => text.extend_from_slice(&piece),
            }
        }
        Err(Problem::damaged("a name in it does not end"))
    }

    fn check(&self, offset: u64, count: u64) -> Result<(), Problem> {
        match offset.checked_add(count) {
            Some(end) if end <= self.size => Ok(()),
            _ => Err(Problem::damaged(format!(
                "the {count} bytes from byte {} on go beyond its end at byte {}",
                self.base.saturating_add(offset),
                self.base.saturating_add(self.size)
            ))),
        }
    }

    /// The range lies inside the file by now.
    fn fill(&self, offset: u64, count: u64) -> Result<Vec<u8>, Problem> {
        let left = self.left.get().checked_sub(count).ok_or(Problem::NotUnderstood("its tables are too large"))?;
        self.left.set(left);
        let mut buffer = vec![0; usize::try_from(count).unwrap_or(0)];
        let mut filled = 0;
        while filled < buffer.len() {
            match self.source.read_at(&mut buffer[filled..], self.base + offset + filled as u64) {
                Ok(0) => return Err(Problem::damaged("it became shorter while it was read")),
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Problem::Io(error)),
            }
        }
        Ok(buffer)
    }
}

/// A number of 2 bytes.
pub(super) fn word16(bytes: &[u8], at: usize, endian: Endian) -> Option<u16> {
    let bytes = *bytes.get(at..)?.first_chunk::<2>()?;
    Some(if endian.is_little() { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
}

/// A number of 4 bytes.
pub(super) fn word32(bytes: &[u8], at: usize, endian: Endian) -> Option<u32> {
    let bytes = *bytes.get(at..)?.first_chunk::<4>()?;
    Some(if endian.is_little() { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
}

/// A number of 8 bytes.
pub(super) fn word64(bytes: &[u8], at: usize, endian: Endian) -> Option<u64> {
    let bytes = *bytes.get(at..)?.first_chunk::<8>()?;
    Some(if endian.is_little() { u64::from_le_bytes(bytes) } else { u64::from_be_bytes(bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_is_read() {
        let data: &[u8] = b"name\0rest";
        let reader = Reader::new(&data as &dyn Source).unwrap();
        assert_eq!(reader.bytes(5, 4).unwrap(), b"rest");
        assert!(matches!(reader.bytes(5, 5), Err(Problem::Damaged(_))));
        assert!(matches!(reader.bytes(u64::MAX, 2), Err(Problem::Damaged(_))));
        assert_eq!(reader.up_to(5, 100).unwrap(), b"rest");
        assert_eq!(reader.text(0).unwrap(), "name");
        assert!(matches!(reader.text(5), Err(Problem::Damaged(_))));
    }

    #[test]
    fn a_part_has_its_own_borders() {
        let data: &[u8] = b"0123456789";
        let reader = Reader::new(&data as &dyn Source).unwrap();
        let part = reader.part(2, 4).unwrap();
        assert_eq!(part.bytes(0, 4).unwrap(), b"2345");
        assert!(part.bytes(1, 4).is_err());
        assert!(reader.part(8, 4).is_err());
    }

    #[test]
    fn the_budget_ends() {
        let zeros = vec![0_u8; 3 << 20];
        let data = zeros.as_slice();
        let reader = Reader::new(&data as &dyn Source).unwrap();
        assert!(reader.bytes(0, 3 << 20).is_ok());
        assert!(reader.bytes(0, 3 << 20).is_ok());
        assert!(matches!(reader.bytes(0, 3 << 20), Err(Problem::NotUnderstood(_))));
    }
}
