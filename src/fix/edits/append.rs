use crate::fix::Refusal;
use crate::fix::script::{Shell, ends_clear};
use crate::fix::text::{Dialect, Lines};

use super::{Rewrite, TextFile};

/// Adds lines at the end, below a line that says who added them.
pub(super) struct Append<'a> {
    pub(super) lines: &'a [String],
}

impl Rewrite for Append<'_> {
    fn rewrite(&self, file: &TextFile<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        if self.lines.iter().any(|line| line.contains(['\n', '\0'])) {
            return Err(Refusal::new("a line to add is not one line of text"));
        }
        if file.dialect == Dialect::Json {
            return Err(Refusal::new(format!("{} is JSON: lines cannot be added", file.name)));
        }
        let mut lines = Lines::of(&bytes);
        let wanted: Vec<&[u8]> = self.lines.iter().map(String::as_bytes).collect();
        let stands_there = lines
            .lines
            .windows(wanted.len().max(1))
            .any(|window| window.iter().map(|line| line.text.as_slice()).eq(wanted.iter().copied()));
        if wanted.is_empty() || stands_there {
            return Ok(bytes);
        }
        require_clear_end(file, &lines)?;
        let mut block = Vec::new();
        if lines.lines.last().is_some_and(|last| !last.text.is_empty()) {
            block.push(Vec::new());
        }
        block.push(format!("{} added by gomedic", file.dialect.comment()).into_bytes());
        block.extend(wanted.into_iter().map(<[u8]>::to_vec));
        let end = lines.usual_end();
        lines.append(block, end);
        Ok(lines.to_bytes())
    }
}

/// Added lines must not become part of what stands above them.
fn require_clear_end(file: &TextFile<'_>, lines: &Lines) -> Result<(), Refusal> {
    let shell = match file.dialect {
        Dialect::Posix => Shell::Posix,
        Dialect::Fish => Shell::Fish,
        Dialect::Json | Dialect::GoMod | Dialect::Lines => return Ok(()),
    };
    let texts: Vec<_> = lines.lines.iter().map(|line| line.lossy()).collect();
    let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
    if ends_clear(&texts, shell) {
        return Ok(());
    }
    Err(Refusal::new(format!(
        "{} ends in a statement that is not finished; a line added there would become part of it",
        file.name
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn edit(name: &str, before: &[u8], lines: &[&str]) -> Result<String, Refusal> {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let edit = Append { lines: &lines };
        let file = TextFile::new(Path::new(name), name);
        let after = edit.rewrite(&file, before.to_vec())?;
        assert_eq!(edit.rewrite(&file, after.clone())?, after, "made twice");
        Ok(String::from_utf8(after).unwrap())
    }

    #[test]
    fn a_marked_block_is_added_once() {
        assert_eq!(edit(".profile", b"a\n", &["x", "y"]).unwrap(), "a\n\n# added by gomedic\nx\ny\n");
        assert_eq!(edit(".profile", b"", &["x"]).unwrap(), "# added by gomedic\nx\n");
    }

    #[test]
    fn line_ends_are_those_of_the_file() {
        assert_eq!(edit(".profile", b"a\r\n\r\n", &["x"]).unwrap(), "a\r\n\r\n# added by gomedic\r\nx\r\n");
        assert_eq!(edit(".profile", b"a", &["x"]).unwrap(), "a\n\n# added by gomedic\nx");
    }

    #[test]
    fn what_stands_there_is_not_added_again() {
        assert_eq!(edit(".profile", b"x\ny\nz\n", &["x", "y"]).unwrap(), "x\ny\nz\n");
    }

    #[test]
    fn an_open_end_is_refused() {
        assert!(edit(".bashrc", b"a \\\n", &["x"]).is_err());
        assert!(edit(".bashrc", b"X='\n", &["x"]).is_err());
        assert!(edit("settings.json", b"{}", &["x"]).is_err());
    }
}
