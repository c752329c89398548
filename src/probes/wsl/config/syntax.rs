//! The syntax of wsl.conf and .wslconfig, as WSL's own parser reads it
//! (microsoft/WSL, src/shared/configfile/configfile.cpp). It is no INI file:
//! only `#` begins a comment, and a backslash escapes.

/// A setting as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `section.key` as written; a key before any section stands alone.
    pub name: String,
    /// The value without quotes and escapes; bytes that are not UTF-8 are
    /// replaced.
    pub value: String,
    /// The value as it stands, up to the end of its line.
    pub written: String,
    /// The line of the key, from 1.
    pub line: usize,
    /// That line as it stands.
    pub text: String,
}

/// A line that the parser does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// From 1.
    pub line: usize,
    /// What it minds.
    pub fault: SyntaxFault,
    /// The line as it stands.
    pub text: String,
}

/// What the parser minds of a line, in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxFault {
    /// A line begins with what is no letter.
    #[error("Invalid key name")]
    KeyName,
    /// A section begins with what is no letter.
    #[error("Invalid section name")]
    SectionName,
    /// Something else had to stand there.
    #[error("Expected {0}")]
    Expected(&'static str),
    /// A backslash stands before what it cannot stand before.
    #[error("Invalid escaped character: '{}'", .0.escape_default())]
    Escape(char),
}

/// A file as the parser sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Syntax {
    /// The settings in order, those behind bad lines included.
    pub entries: Vec<Entry>,
    /// The bad lines in order.
    pub bad: Vec<BadLine>,
}

/// Reads a file whose line ends are `\n` or `\r\n`.
pub(super) fn parse(bytes: &[u8]) -> Syntax {
    Parser { bytes, at: 0, line: 1, section: String::new(), found: Syntax::default() }.parse()
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
    section: String,
    found: Syntax,
}

impl Parser<'_> {
    fn parse(mut self) -> Syntax {
        loop {
            self.skip_blanks();
            let start = self.at;
            let line = self.line;
            let taken = match self.peek() {
                None => return self.found,
                Some(b'\n') => {
                    self.next();
                    Ok(())
                }
                Some(b'\r') => {
                    self.next();
                    Ok(())
                }
                Some(b'#') => {
                    self.skip_line();
                    Ok(())
                }
                Some(b'[') => self.section(),
                Some(first) if first.is_ascii_alphabetic() => self.setting(),
                Some(_) => Err(SyntaxFault::KeyName),
            };
            if let Err(fault) = taken {
                self.skip_line();
                let text = self.text(start, self.at);
                let text = text.lines().next().unwrap_or_default().to_owned();
                self.found.bad.push(BadLine { line, fault, text });
            }
        }
    }

    /// `[name]`, then at most a comment.
    fn section(&mut self) -> Result<(), SyntaxFault> {
        self.next();
        if !self.peek().is_some_and(|first| first.is_ascii_alphabetic()) {
            return Err(SyntaxFault::SectionName);
        }
        let name = self.word();
        if self.peek() != Some(b']') {
            return Err(SyntaxFault::Expected("']'"));
        }
        self.next();
        self.skip_blanks();
        if !matches!(self.peek(), None | Some(b'\n' | b'\r' | b'#')) {
            return Err(SyntaxFault::Expected("' ' or '\\n'"));
        }
        self.section = name;
        Ok(())
    }

    /// `key = value`.
    fn setting(&mut self) -> Result<(), SyntaxFault> {
        let line = self.line;
        let from = self.start_of_line();
        let key = self.word();
        self.skip_blanks();
        if self.peek() != Some(b'=') {
            return Err(SyntaxFault::Expected("'='"));
        }
        self.next();
        self.skip_blanks();
        let start = self.at;
        let value = self.value()?;
        let written = self.text(start, self.at);
        let written = written.lines().next().unwrap_or_default().trim_end().to_owned();
        let name = if self.section.is_empty() { key } else { format!("{}.{key}", self.section) };
        let text = self.text(from, self.bytes.len().min(self.end_of_line(start)));
        self.found.entries.push(Entry { name, value, written, line, text });
        Ok(())
    }

    /// Up to the end of the line, or to a comment outside of quotes.
    fn value(&mut self) -> Result<String, SyntaxFault> {
        let mut value = Vec::new();
        // The length without blanks at the end.
        let mut length = 0;
        let mut quoted = false;
        while let Some(byte) = self.peek().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
            match byte {
                b'#' if !quoted => break,
                b'"' => quoted = !quoted,
                b'\\' => {
                    self.next();
                    match self.peek() {
                        Some(plain @ (b'\\' | b'"')) => value.push(plain),
                        Some(b'b') => value.push(8),
                        Some(b'n') => value.push(b'\n'),
                        Some(b't') => value.push(b'\t'),
                        // The value goes on in the next line.
                        Some(b'\n') => {}
                        other => return Err(SyntaxFault::Escape(other.map_or('\0', char::from))),
                    }
                }
                plain => value.push(plain),
            }
            if !matches!(byte, b' ' | b'\t') {
                length = value.len();
            }
            self.next();
        }
        if quoted {
            return Err(SyntaxFault::Expected("\""));
        }
        value.truncate(length);
        Ok(String::from_utf8_lossy(&value).into_owned())
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            self.next();
        }
        self.text(start, self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) {
        if self.peek() == Some(b'\n') {
            self.line += 1;
        }
        self.at += 1;
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.next();
        }
    }

    /// To the end of this line; the line end is left.
    fn skip_line(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn start_of_line(&self) -> usize {
        memchr::memrchr(b'\n', &self.bytes[..self.at]).map_or(0, |end| end + 1)
    }

    /// Where the line of this byte ends, without the line end.
    fn end_of_line(&self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        at + end - usize::from(rest[..end].ends_with(b"\r"))
    }

    fn text(&self, from: usize, to: usize) -> String {
        String::from_utf8_lossy(self.bytes.get(from..to.min(self.bytes.len())).unwrap_or_default()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String)> {
        parse(text.as_bytes()).entries.into_iter().map(|entry| (entry.name, entry.value)).collect()
    }

    fn faults(text: &str) -> Vec<(usize, String)> {
        parse(text.as_bytes()).bad.into_iter().map(|bad| (bad.line, bad.fault.to_string())).collect()
    }

    #[test]
    fn quotes_comments_and_escapes_are_those_of_wsl() {
        let text = "[a]\nk = \" x # y \" # z\nl=two words  \nm=\"tr\"ue\nn=C:\\\\x\nC=1\no=one \\\n  two\np=\n";
        let expected = [
            ("a.k", " x # y "),
            ("a.l", "two words"),
            ("a.m", "true"),
            ("a.n", "C:\\x"),
            ("a.C", "1"),
            ("a.o", "one   two"),
            ("a.p", ""),
        ];
        assert_eq!(entries(text), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(parse(b"[x] # y\r\na=1\r\n\r\nb=2").entries[1].line, 4);
        assert_eq!(entries("[a]\nnew=C:\\temp\\new.vhdx"), [("a.new".into(), "C:\temp\new.vhdx".into())]);
    }

    #[test]
    fn every_fault_has_its_line() {
        let text = "; x\n[ a]\n[a-b]\n[a] x\na-b=1\nk=\"open\nl=\\q\nm=1\n";
        let expected = [
            (1, "Invalid key name"),
            (2, "Invalid section name"),
            (3, "Expected ']'"),
            (4, "Expected ' ' or '\\n'"),
            (5, "Expected '='"),
            (6, "Expected \""),
            (7, "Invalid escaped character: 'q'"),
        ];
        assert_eq!(faults(text), expected.map(|(line, text)| (line, text.to_owned())));
        assert_eq!(entries(text), [("m".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn nothing_hostile_stops_it() {
        for bytes in [&b"\xff\xfe[\0b\0"[..], b"[", b"a", b"a=\\", b"a=\"", b"\\", b"[a", b"\0\0\0", b"a=\xff\xfe"] {
            let found = parse(bytes);
            assert!(found.entries.len() + found.bad.len() <= 2, "{bytes:?}");
        }
        assert_eq!(parse(&b"\n".repeat(100_000)), Syntax::default());
    }
}
