use goblin::container::Endian;

use super::super::reader::{Problem, Reader, word32};
use super::sections::Sections;

/// How many libraries are looked at.
const LIMIT: u64 = 1024;
const RECORD: u64 = 20;

/// The libraries that the import table names; a table that ends in nothing
/// ends there.
pub(super) fn read(reader: &Reader<'_>, sections: &Sections, table: u32) -> Result<Vec<String>, Problem> {
    let Some(first) = sections.offset_of(table).filter(|_| table != 0) else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for index in 0..LIMIT {
        let record = reader.bytes(first + index * RECORD, RECORD)?;
        match word32(&record, 12, Endian::Little).unwrap_or(0) {
            0 => break,
            name => match sections.offset_of(name) {
                Some(at) => names.push(reader.text(at)?),
                None => return Err(Problem::damaged("its import table points nowhere")),
            },
        }
    }
    Ok(names)
}
