use crate::fix::Refusal;
use crate::fix::script::{Shell, Statement, statement_at};
use crate::fix::text::{Dialect, Lines};
use crate::model::text::plain;

use super::locate::{Place, bare, locate};
use super::{Rewrite, TextFile};

/// Puts a comment sign before a line, and the reason behind it. A shell
/// statement of several lines is commented out whole.
pub(super) struct CommentOut<'a> {
    pub(super) line: usize,
    pub(super) was: &'a str,
    pub(super) reason: &'a str,
}

/// What a line is indented by.
const BLANK: [char; 2] = [' ', '\t'];

impl Rewrite for CommentOut<'_> {
    fn rewrite(&self, file: &TextFile<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let mut lines = Lines::of(&bytes);
        let sign = file.dialect.comment();
        let is_done = |at: usize| self.is_made(&lines.lines[at].lossy(), sign);
        let at = match locate(file, &lines, self.line, self.was, is_done)? {
            Place::At(at) => at,
            Place::Done => return Ok(bytes),
        };
        if is_comment(&lines.lines[at].text, sign) {
            return Ok(bytes);
        }
        let statement = whole_statement(file, &lines, at)?;
        let reason = plain(self.reason.trim());
        let last = *statement.lines.end();
        for line in statement.lines {
            let text = &mut lines.lines[line].text;
            let indent = text.iter().take_while(|byte| BLANK.contains(&char::from(**byte))).count();
            // The shell takes no empty block: `:` does nothing and fills it.
            let filler = if statement.fills_block && line == at { ": " } else { "" };
            let prefix = format!("{filler}{sign} ");
            text.splice(indent..indent, prefix.into_bytes());
            if line == last {
                text.extend_from_slice(format!("  {sign} gomedic: {reason}").as_bytes());
            }
        }
        Ok(lines.to_bytes())
    }
}

impl CommentOut<'_> {
    /// True for a line that this edit made.
    fn is_made(&self, line: &str, sign: &str) -> bool {
        let line = line.trim_start_matches(BLANK);
        let line = line.strip_prefix(": ").unwrap_or(line);
        let Some(rest) = line.strip_prefix(sign).and_then(|line| line.strip_prefix(' ')) else {
            return false;
        };
        rest.strip_prefix(bare(self.was).trim_start_matches(BLANK))
            .is_some_and(|behind| behind.is_empty() || behind.starts_with(&format!("  {sign} gomedic: ")))
    }
}

fn is_comment(text: &[u8], sign: &str) -> bool {
    text.trim_ascii_start().starts_with(sign.as_bytes())
}

/// The lines that have to go together.
fn whole_statement(file: &TextFile<'_>, lines: &Lines, at: usize) -> Result<Statement, Refusal> {
    let shell = match file.dialect {
        Dialect::Posix => Shell::Posix,
        Dialect::Fish => Shell::Fish,
        Dialect::Json | Dialect::GoMod | Dialect::Lines => {
            return Ok(Statement { lines: at..=at, fills_block: false });
        }
    };
    let texts: Vec<_> = lines.lines.iter().map(|line| line.lossy()).collect();
    let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
    statement_at(&texts, at, shell).map_err(|why| {
        let name = file.name;
        Refusal::new(format!("line {} of {name} {why}, so gomedic leaves it to you", at + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn edit(name: &str, before: &[u8], line: usize, was: &str) -> Result<String, String> {
        let edit = CommentOut { line, was, reason: "names no Go" };
        let file = TextFile::new(Path::new(name), name);
        let after = edit.rewrite(&file, before.to_vec()).map_err(|refusal| refusal.to_string())?;
        let again = edit.rewrite(&file, after.clone()).map_err(|refusal| refusal.to_string())?;
        assert_eq!(again, after, "made twice");
        Ok(after.escape_ascii().to_string().replace("\\n", "\n"))
    }

    #[test]
    fn a_line_is_commented_out_where_it_stands() {
        let before = b"a\n  export GOROOT=/x\nb\n";
        assert_eq!(
            edit(".bashrc", before, 2, "  export GOROOT=/x").unwrap(),
            "a\n  # export GOROOT=/x  # gomedic: names no Go\nb\n"
        );
    }

    #[test]
    fn line_ends_and_bytes_stay() {
        assert_eq!(
            edit(".zshrc", b"\xef\xbb\xbfexport A=\xe4\r\nb", 1, "\u{feff}export A=\u{fffd}").unwrap(),
            "\\xef\\xbb\\xbf# export A=\\xe4  # gomedic: names no Go\\r\nb"
        );
    }

    #[test]
    fn a_line_that_moved_is_found_when_it_stands_once() {
        assert_eq!(
            edit(".bashrc", b"new\nexport A=1\n", 1, "export A=1").unwrap(),
            "new\n# export A=1  # gomedic: names no Go\n"
        );
        let twice = edit(".bashrc", b"new\nexport A=1\nexport A=1\n", 1, "export A=1");
        assert!(twice.unwrap_err().contains("more than once"));
        let gone = edit(".bashrc", b"new\n", 1, "export A=1");
        assert!(gone.unwrap_err().contains("stands there no more"));
    }

    #[test]
    fn of_two_equal_lines_only_the_named_one_goes() {
        assert_eq!(
            edit(".bashrc", b"export A=1\nexport A=1\n", 1, "export A=1").unwrap(),
            "# export A=1  # gomedic: names no Go\nexport A=1\n"
        );
    }

    #[test]
    fn a_statement_goes_whole_and_a_block_is_not_left_empty() {
        assert_eq!(
            edit(".bashrc", b"export A=1:\\\n  2\nb\n", 1, "export A=1:\\").unwrap(),
            "# export A=1:\\\\\n  # 2  # gomedic: names no Go\nb\n"
        );
        assert_eq!(
            edit(".bashrc", b"if true; then\n\texport A=1\nfi\n", 2, "\texport A=1").unwrap(),
            "if true; then\n\\t: # export A=1  # gomedic: names no Go\nfi\n"
        );
        let inside = edit(".bashrc", b"X='\nexport A=1\n'\n", 2, "export A=1");
        assert!(inside.unwrap_err().contains("line 2 of .bashrc belongs to a statement"));
    }

    #[test]
    fn other_files_have_other_signs() {
        assert_eq!(
            edit("go.mod", b"toolchain go1.22\n", 1, "toolchain go1.22").unwrap(),
            "// toolchain go1.22  // gomedic: names no Go\n"
        );
        assert_eq!(edit("/c/go/env", b"GOROOT=/x\n", 1, "GOROOT=/x").unwrap(), "# GOROOT=/x  # gomedic: names no Go\n");
    }
}
