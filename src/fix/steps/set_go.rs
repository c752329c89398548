use std::path::Path;

use super::goenv::{NEW_FILE, lines_of, require_name};
use super::{Lower, Lowered};
use crate::fix::Refusal;
use crate::fix::draft::Draft;
use crate::fix::edits::require_text;
use crate::fix::text::{End, Lines};

pub(super) struct SetGo<'a> {
    pub(super) file: &'a Path,
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

impl Lower for SetGo<'_> {
    fn target(&self, draft: &Draft<'_>) -> String {
        draft.name(self.file)
    }

    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        require_name(self.name)?;
        if self.value.contains(['\n', '\r', '\0']) {
            return Err(Refusal::new(format!("the value for {} is not one line", self.name)));
        }
        let at = draft.locate(self.file)?;
        let bytes = draft.file(&at)?.unwrap_or_default();
        require_text(&at.name, &bytes)?;
        draft.write(&at, set(&bytes, self.name, self.value), NEW_FILE).map(Lowered::Changes)
    }
}

/// The file with one line that sets `name`, where the last one stood.
fn set(bytes: &[u8], name: &str, value: &str) -> Vec<u8> {
    let mut lines = Lines::of(bytes);
    let text = format!("{name}={value}").into_bytes();
    let mut places = lines_of(&lines, name);
    match places.pop() {
        // A carriage return would be part of the value, so the new line never
        // has one, whatever the others have.
        None => lines.append([text], End::Lf),
        Some(last) => {
            let line = &mut lines.lines[last];
            line.text = text;
            if line.end == End::CrLf {
                line.end = End::Lf;
            }
            for place in places.into_iter().rev() {
                lines.lines.remove(place);
            }
        }
    }
    lines.to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go(before: &str) -> String {
        let after = set(before.as_bytes(), "GOPROXY", "direct");
        assert_eq!(set(&after, "GOPROXY", "direct"), after, "made twice");
        String::from_utf8(after).unwrap()
    }

    #[test]
    fn the_line_is_replaced_or_added() {
        assert_eq!(go(""), "GOPROXY=direct\n");
        assert_eq!(go("A=1\nGOPROXY=off\nB=2\n"), "A=1\nGOPROXY=direct\nB=2\n");
        assert_eq!(go("A=1\n"), "A=1\nGOPROXY=direct\n");
        assert_eq!(go("A=1"), "A=1\nGOPROXY=direct");
    }

    #[test]
    fn one_line_is_left_of_several() {
        assert_eq!(go("GOPROXY=a\nX=1\nGOPROXY=b\n#GOPROXY=c\n"), "X=1\nGOPROXY=direct\n#GOPROXY=c\n");
    }

    #[test]
    fn other_names_and_line_ends_stay() {
        assert_eq!(go("GOPROXYX=1\r\nGOPROXY=a\r\n GOPROXY=b\r\n"), "GOPROXYX=1\r\nGOPROXY=direct\n GOPROXY=b\r\n");
        assert_eq!(go("\u{feff}GOPROXY=a\n"), "\u{feff}GOPROXY=a\nGOPROXY=direct\n");
    }
}
