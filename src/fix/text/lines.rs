/// A file as lines. [`Lines::to_bytes`] gives back exactly what was read, line
/// ends, byte-order mark and bytes that are not UTF-8 included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fix) struct Lines {
    /// It begins with a UTF-8 byte-order mark, which belongs to no line.
    pub bom: bool,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fix) struct Line {
    /// Its bytes without the line end.
    pub text: Vec<u8>,
    /// What ends it.
    pub end: End,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fix) enum End {
    /// `\n`.
    Lf,
    /// `\r\n`.
    CrLf,
    /// The end of the file.
    Missing,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

impl Lines {
    /// The lines of a file.
    pub(in crate::fix) fn of(bytes: &[u8]) -> Self {
        let (bom, rest) = match bytes.strip_prefix(BOM) {
            Some(rest) => (true, rest),
            None => (false, bytes),
        };
        let lines = rest
            .split_inclusive(|byte| *byte == b'\n')
            .map(|line| match line.strip_suffix(b"\n") {
                None => Line { text: line.to_vec(), end: End::Missing },
                Some(line) => match line.strip_suffix(b"\r") {
                    Some(line) => Line { text: line.to_vec(), end: End::CrLf },
                    None => Line { text: line.to_vec(), end: End::Lf },
                },
            })
            .collect();
        Lines { bom, lines }
    }

    /// The file.
    pub(in crate::fix) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = if self.bom { BOM.to_vec() } else { Vec::new() };
        for line in &self.lines {
            bytes.extend_from_slice(&line.text);
            bytes.extend_from_slice(line.end.bytes());
        }
        bytes
    }

    /// The line end that most lines have.
    pub(in crate::fix) fn usual_end(&self) -> End {
        let count = |end| self.lines.iter().filter(|line| line.end == end).count();
        if count(End::CrLf) > count(End::Lf) { End::CrLf } else { End::Lf }
    }

    /// Adds lines at the end. When the last line had no line end, the new last
    /// line has none either.
    pub(in crate::fix) fn append(&mut self, texts: impl IntoIterator<Item = Vec<u8>>, end: End) {
        let unfinished = self.lines.last_mut().filter(|line| line.end == End::Missing);
        let was_unfinished = unfinished.is_some();
        if let Some(last) = unfinished {
            last.end = end;
        }
        self.lines.extend(texts.into_iter().map(|text| Line { text, end }));
        if was_unfinished && let Some(last) = self.lines.last_mut() {
            last.end = End::Missing;
        }
    }
}

impl Line {
    /// The line for comparing and showing; bytes that are not UTF-8 are
    /// replaced, as they are in what a step expects to find.
    pub(in crate::fix) fn lossy(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.text)
    }
}

impl End {
    fn bytes(self) -> &'static [u8] {
        match self {
            End::Lf => b"\n",
            End::CrLf => b"\r\n",
            End::Missing => b"",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert_eq!(Lines::of(&bytes).to_bytes(), bytes);
        }

        #[test]
        fn any_mix_of_line_ends_comes_back(text in "(\u{feff})?([ab\\r]{0,3}(\\n|\\r\\n|\\r)){0,8}[ab]{0,2}") {
            prop_assert_eq!(Lines::of(text.as_bytes()).to_bytes(), text.as_bytes());
        }
    }

    #[test]
    fn a_missing_line_end_stays_missing() {
        let mut lines = Lines::of(b"a\r\nb");
        lines.append([b"c".to_vec()], lines.usual_end());
        assert_eq!(lines.to_bytes(), b"a\r\nb\r\nc");
    }
}
