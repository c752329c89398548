use crate::fix::Refusal;
use crate::fix::text::{End, Lines};

use super::{Rewrite, TextFile};

/// Takes the carriage returns off the line ends.
pub(super) struct UnixLineEnds;

impl Rewrite for UnixLineEnds {
    fn rewrite(&self, _: &TextFile<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let mut lines = Lines::of(&bytes);
        for line in &mut lines.lines {
            if line.end == End::CrLf {
                line.end = End::Lf;
            }
            // A file that was converted twice has several; at the end of a
            // file without a last line end one is left over.
            while line.text.last() == Some(&b'\r') {
                line.text.pop();
            }
        }
        Ok(lines.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn only_carriage_returns_at_line_ends_go() {
        let file = TextFile::new(Path::new(".bashrc"), ".bashrc");
        for (before, after) in [
            (&b"a\r\nb\n"[..], &b"a\nb\n"[..]),
            (b"a\r\r\nb\r", b"a\nb"),
            (b"\xef\xbb\xbf\xe4\rx\r\n", b"\xef\xbb\xbf\xe4\rx\n"),
            (b"", b""),
        ] {
            let once = UnixLineEnds.rewrite(&file, before.to_vec()).unwrap();
            assert_eq!(once, after);
            assert_eq!(UnixLineEnds.rewrite(&file, once.clone()).unwrap(), once, "made twice");
        }
    }
}
