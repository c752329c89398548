use std::path::PathBuf;

use super::nothing_known;
use super::reader::{Problem, Reader};
use crate::host::{Binary, Format};

/// How much of the first line Linux looks at.
const FIRST_LINE: u64 = 256;

/// A text that names its interpreter. What stands there is told as it stands:
/// a carriage return behind the name is part of it for the kernel too.
pub(super) fn inspect(reader: &Reader<'_>) -> Result<Binary, Problem> {
    let start = reader.up_to(2, FIRST_LINE)?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = String::from_utf8_lossy(line);
    let interpreter = text.trim_matches([' ', '\t']).split([' ', '\t']).next().filter(|word| !word.is_empty());
    Ok(Binary { interpreter: interpreter.map(PathBuf::from), ..nothing_known(Format::Script) })
}
