use std::path::PathBuf;

use super::reader::{Problem, Reader};
use crate::model::binary::Kind;
use crate::model::{Binary, Format};

/// How much of the first line Linux looks at.
const FIRST_LINE: u64 = 256;

/// A text that names its interpreter. What stands there is told as it stands:
/// a carriage return behind the name is part of it for the kernel too.
pub(super) fn inspect(reader: &Reader<'_>) -> Result<Binary, Problem> {
    let start = reader.up_to(2, FIRST_LINE)?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = String::from_utf8_lossy(line);
    let text = text.trim_matches([' ', '\t']);
    let (interpreter, argument) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    Ok(Binary {
        kind: Kind::Program,
        interpreter: Some(PathBuf::from(interpreter)).filter(|path| !path.as_os_str().is_empty()),
        argument: Some(argument.trim_matches([' ', '\t']).to_owned()).filter(|argument| !argument.is_empty()),
        ..Binary::of(Format::Script)
    })
}
