use std::path::Path;

use super::goenv::{NEW_FILE, lines_of, require_name};
use super::{Lower, Lowered};
use crate::fix::Refusal;
use crate::fix::draft::Draft;
use crate::fix::edits::require_text;
use crate::fix::text::Lines;

pub(super) struct UnsetGo<'a> {
    pub(super) file: &'a Path,
    pub(super) name: &'a str,
}

impl Lower for UnsetGo<'_> {
    fn target(&self, draft: &Draft<'_>) -> String {
        draft.name(self.file)
    }

    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        require_name(self.name)?;
        let at = draft.locate(self.file)?;
        let Some(bytes) = draft.file(&at)? else {
            return Ok(Lowered::Changes(Vec::new()));
        };
        require_text(&at.name, &bytes)?;
        draft.write(&at, unset(&bytes, self.name), NEW_FILE).map(Lowered::Changes)
    }
}

/// The file without any line that sets `name`.
fn unset(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut lines = Lines::of(bytes);
    for place in lines_of(&lines, name).into_iter().rev() {
        lines.lines.remove(place);
    }
    lines.to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_that_name_goes_and_no_other() {
        let before = b"GOROOT=/a\r\nGOROOTX=1\n#GOROOT=/b\nGOROOT=/c";
        let after = unset(before, "GOROOT");
        assert_eq!(after, b"GOROOTX=1\n#GOROOT=/b\n");
        assert_eq!(unset(&after, "GOROOT"), after);
    }

    #[test]
    fn the_last_line_leaves_an_empty_file() {
        assert_eq!(unset(b"GOROOT=/a\n", "GOROOT"), b"");
    }
}
