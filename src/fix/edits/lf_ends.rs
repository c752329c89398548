use super::{Rewrite, TextFile};
use crate::fix::Refusal;
use crate::fix::text::{End, Lines};

/// Takes the carriage return from the end of every line, however many there
/// are. Those within a line stay.
pub(super) struct LfEnds;

impl Rewrite for LfEnds {
    fn rewrite(&self, _file: &TextFile<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let mut lines = Lines::of(&bytes);
        for line in &mut lines.lines {
            let kept = line.text.iter().rposition(|byte| *byte != b'\r').map_or(0, |last| last + 1);
            line.text.truncate(kept);
            if line.end == End::CrLf {
                line.end = End::Lf;
            }
        }
        Ok(lines.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn only_ends_of_lines_change() {
        let file = TextFile::new(Path::new("/h/.bashrc"), "~/.bashrc");
        let rewritten = |bytes: &[u8]| LfEnds.rewrite(&file, bytes.to_vec()).unwrap();
        assert_eq!(rewritten(b"a\r\nb\rc\n\xff\r\r\nend\r"), b"a\nb\rc\n\xff\nend");
        assert_eq!(rewritten(b"a\nb\n"), b"a\nb\n");
        assert_eq!(rewritten(b""), b"");
    }
}
