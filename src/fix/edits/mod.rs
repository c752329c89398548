//! The edits of a text file, one file each. A new kind is a file with a type
//! that implements [`Rewrite`], and a line in [`of`].

mod append;
mod comment_out;
mod json;
mod line_ends;
mod locate;
mod remove_json;
mod replace_line;
mod set_json;

use std::path::Path;

use super::Refusal;
use super::text::Dialect;
use crate::model::Edit;

/// One edit. Making it twice makes it once.
pub(super) trait Rewrite {
    /// The bytes of `file` after the edit; the same bytes when nothing is left
    /// to do.
    fn rewrite(&self, file: &TextFile<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal>;
}

/// What an edit knows of its file besides the content.
pub(super) struct TextFile<'a> {
    /// Its name for people.
    pub name: &'a str,
    /// How it is written.
    pub dialect: Dialect,
}

impl<'a> TextFile<'a> {
    /// A file with this path, shown as `name`.
    pub(super) fn new(path: &Path, name: &'a str) -> Self {
        TextFile { name, dialect: Dialect::of(path) }
    }
}

/// The edit as something that can be made.
pub(super) fn of(edit: &Edit) -> Box<dyn Rewrite + '_> {
    match edit {
        Edit::CommentOut { line, was, reason } => Box::new(comment_out::CommentOut { line: *line, was, reason }),
        Edit::ReplaceLine { line, was, with } => Box::new(replace_line::ReplaceLine { line: *line, was, with }),
        Edit::UnixLineEnds => Box::new(line_ends::UnixLineEnds),
        Edit::Append { lines } => Box::new(append::Append { lines }),
        Edit::SetJson { keys, value } => Box::new(set_json::SetJson { keys, value }),
        Edit::RemoveJson { keys } => Box::new(remove_json::RemoveJson { keys }),
    }
}

/// Refuses what is not text: NUL bytes, and UTF-16 with its byte-order mark.
pub(super) fn require_text(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if utf16 {
        return Err(Refusal::new(format!("{name} is UTF-16, which gomedic does not edit")));
    }
    if bytes.contains(&0) {
        return Err(Refusal::new(format!("{name} holds NUL bytes: it is not a text file")));
    }
    Ok(())
}
