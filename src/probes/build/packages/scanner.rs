/// How long the longest word of a head is: `package`.
const LONGEST_WORD: usize = 8;

/// Reads the tokens that the head of a Go file is made of.
pub(super) struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
    line: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        let at = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        Scanner { text, at, line: 1 }
    }

    /// The name behind the word `package`.
    pub(super) fn package(&mut self) -> Option<String> {
        self.word("package")?;
        self.name()
    }

    /// True when so little is left that it may be a part of the next token.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.skip();
        self.text.len().saturating_sub(self.at) < LONGEST_WORD
    }

    /// Whether this word stands next.
    pub(super) fn is_word(&mut self, word: &str) -> bool {
        self.skip();
        let rest = &self.text[self.at..];
        rest.starts_with(word.as_bytes()) && !rest.get(word.len()).copied().is_some_and(is_part_of_name)
    }

    /// Passes over a word.
    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        self.is_word(word).then(|| self.at += word.len())
    }

    /// Passes over a mark, if it stands next.
    pub(super) fn takes(&mut self, mark: u8) -> bool {
        self.skip();
        let is_next = self.text.get(self.at) == Some(&mark);
        self.at += usize::from(is_next);
        is_next
    }

    /// A name or a dot, if one stands next.
    pub(super) fn name(&mut self) -> Option<String> {
        if self.takes(b'.') {
            return Some(".".to_owned());
        }
        let rest = &self.text[self.at..];
        let length = rest.iter().take_while(|byte| is_part_of_name(**byte)).count();
        let starts_well = rest.first().is_some_and(|byte| !byte.is_ascii_digit());
        (length > 0 && starts_well).then(|| {
            self.at += length;
            String::from_utf8_lossy(&rest[..length]).into_owned()
        })
    }

    /// A string with its line. Paths have no escapes.
    pub(super) fn string(&mut self) -> Option<(usize, String)> {
        self.skip();
        let quote = *self.text.get(self.at).filter(|byte| matches!(byte, b'"' | b'`'))?;
        let rest = &self.text[self.at + 1..];
        let Some(end) = rest.iter().position(|byte| *byte == quote || quote == b'"' && *byte == b'\n') else {
            // The text has been cut, or is no Go.
            self.at = self.text.len();
            return None;
        };
        let found = &rest[..end];
        if rest[end] != quote || found.contains(&b'\\') {
            return None;
        }
        let line = self.line;
        self.line += found.iter().filter(|byte| **byte == b'\n').count();
        self.at += end + 2;
        Some((line, String::from_utf8_lossy(found).into_owned()))
    }

    /// Passes over blanks, semicolons and comments.
    fn skip(&mut self) {
        while let Some(byte) = self.text.get(self.at) {
            let rest = &self.text[self.at..];
            let length = match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b'\x0c' | b';' => 1,
                b'/' if rest.starts_with(b"//") => memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
                b'/' if rest.starts_with(b"/*") => {
                    memchr::memmem::find(&rest[2..], b"*/").map_or(rest.len(), |end| end + 4)
                }
                _ => return,
            };
            self.line += memchr::memchr_iter(b'\n', &rest[..length]).count();
            self.at += length;
        }
    }
}

/// Letters beyond ASCII count as parts of a name.
fn is_part_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
