use crate::fix::Refusal;
use crate::fix::text::Lines;

use super::locate::{Place, bare, locate};
use super::{Rewrite, TextFile};

/// Replaces the text of a line; its line end stays.
pub(super) struct ReplaceLine<'a> {
    pub(super) line: usize,
    pub(super) was: &'a str,
    pub(super) with: &'a str,
}

impl Rewrite for ReplaceLine<'_> {
    fn rewrite(&self, file: &TextFile<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let with = bare(self.with);
        if with.contains(['\n', '\0']) {
            return Err(Refusal::new("the new line is not one line of text"));
        }
        let mut lines = Lines::of(&bytes);
        let is_done = |at: usize| lines.lines[at].lossy() == with;
        let Place::At(at) = locate(file, &lines, self.line, self.was, is_done)? else {
            return Ok(bytes);
        };
        let text = &mut lines.lines[at].text;
        if std::str::from_utf8(text).is_err() && with.contains('\u{fffd}') {
            return Err(Refusal::new(format!(
                "line {} of {} is not UTF-8; replacing it would damage it",
                at + 1,
                file.name
            )));
        }
        *text = with.as_bytes().to_vec();
        Ok(lines.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn edit(before: &[u8], line: usize, was: &str, with: &str) -> Result<Vec<u8>, Refusal> {
        let edit = ReplaceLine { line, was, with };
        let file = TextFile::new(Path::new(".profile"), ".profile");
        let after = edit.rewrite(&file, before.to_vec())?;
        assert_eq!(edit.rewrite(&file, after.clone())?, after, "made twice");
        Ok(after)
    }

    #[test]
    fn the_line_end_stays() {
        assert_eq!(edit(b"a\r\nb\r\n", 2, "b", "c").unwrap(), b"a\r\nc\r\n");
        assert_eq!(edit(b"a\nb", 2, "b", "c").unwrap(), b"a\nc");
    }

    #[test]
    fn a_line_of_another_encoding_is_not_damaged() {
        assert!(edit(b"x=\xe4 1\n", 1, "x=\u{fffd} 1", "x=\u{fffd} 2").is_err());
        assert_eq!(edit(b"x=\xe4 1\n", 1, "x=\u{fffd} 1", "x=2").unwrap(), b"x=2\n");
    }

    #[test]
    fn lines_cannot_be_smuggled_in() {
        assert!(edit(b"a\n", 1, "a", "b\nrm -rf /").is_err());
    }
}
