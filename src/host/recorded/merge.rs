use std::path::Path;

use toml::{Table, Value};

use super::{Block, RecordedError, blocks};
use crate::host::TEXT_LIMIT;

/// How many machine files may stand behind one another through `like`.
const LIKE_DEPTH: usize = 8;

/// The text of a machine file, up to a size that none comes near.
pub(super) fn read(path: &Path) -> Result<String, RecordedError> {
    use std::io::Read;
    let read = || -> std::io::Result<String> {
        let file = std::fs::File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(std::io::Error::other("it is not a regular file"));
        }
        let mut text = String::new();
        file.take(16 * TEXT_LIMIT).read_to_string(&mut text)?;
        Ok(text)
    };
    read().map_err(|source| RecordedError::Read { path: path.to_owned(), source })
}

/// The blocks of one file merged, on top of the machine that `like` names.
pub(super) fn merged(found: &[Block<'_>], path: &Path, depth: usize) -> Result<Table, RecordedError> {
    let mut own = Table::new();
    for block in found {
        let table = block.text.parse::<Table>().map_err(|error| RecordedError::Block {
            path: path.to_owned(),
            line: block.line,
            message: error.to_string(),
        })?;
        overlay(&mut own, table);
    }
    let Some(like) = own.remove("like") else { return Ok(own) };
    let like = like.as_str().unwrap_or_default();
    let base_path = path.parent().unwrap_or(Path::new(".")).join(like);
    if depth >= LIKE_DEPTH {
        return Err(RecordedError::Machine {
            path: path.to_owned(),
            message: format!("'like' goes in a circle at '{like}'"),
        });
    }
    let text = read(&base_path)?;
    let base_blocks: Vec<Block<'_>> = blocks(&text).into_iter().filter(|block| block.info == "toml").collect();
    let mut base = merged(&base_blocks, &base_path, depth + 1)?;
    overlay(&mut base, own);
    Ok(base)
}

/// Lays `upper` over `lower`: tables are merged, arrays of tables are put
/// one behind the other, everything else is replaced.
fn overlay(lower: &mut Table, upper: Table) {
    for (key, value) in upper {
        match (lower.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (Some(Value::Array(below)), Value::Array(above)) if are_tables(below) && are_tables(&above) => {
                below.extend(above)
            }
            (_, value) => {
                lower.insert(key, value);
            }
        }
    }
}

fn are_tables(values: &[Value]) -> bool {
    !values.is_empty() && values.iter().all(Value::is_table)
}
