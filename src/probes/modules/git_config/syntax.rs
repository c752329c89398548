//! The text of a git configuration file, read as git reads it.

/// A setting of a git configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assignment {
    /// The section, in lower case.
    pub(super) section: String,
    /// What stands in quotes behind the section, as it stands.
    pub(super) subsection: Option<String>,
    /// The name, in lower case.
    pub(super) name: String,
    /// The value; None for a name without `=`, which means true.
    pub(super) value: Option<String>,
    /// The line of the name and the last one of the value, from 1.
    pub(super) lines: (usize, usize),
    /// The line of the section's header, from 1.
    pub(super) header: usize,
}

/// The settings of a file in order, up to the line that git cannot read. git
/// then stops, and so does everything that needs it.
pub(super) fn assignments(text: &str) -> (Vec<Assignment>, Option<usize>) {
    let mut reader = Reader { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 };
    let mut found = Vec::new();
    match reader.read(&mut found) {
        Some(()) => (found, None),
        None => (found, Some(reader.line)),
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

/// The header that holds for the settings below it.
#[derive(Clone)]
struct Header {
    section: String,
    subsection: Option<String>,
    line: usize,
}

impl Reader<'_> {
    /// The next character; the end of a line is one character.
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        if c == '\r' && self.rest.starts_with('\n') {
            return self.next();
        }
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn peek(&self) -> Option<char> {
        match self.rest.starts_with("\r\n") {
            true => Some('\n'),
            false => self.rest.chars().next(),
        }
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.next();
        }
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|c| c != '\n' && c.is_whitespace()) {
            self.next();
        }
    }

    /// Reads to the end; None where git gives up.
    fn read(&mut self, found: &mut Vec<Assignment>) -> Option<()> {
        let mut header: Option<Header> = None;
        while let Some(c) = self.peek() {
            match c {
                '#' | ';' => self.skip_line(),
                c if c.is_whitespace() => drop(self.next()),
                '[' => header = Some(self.header()?),
                c if c.is_ascii_alphabetic() => found.push(self.assignment(header.clone()?)?),
                _ => return None,
            }
        }
        Some(())
    }

    /// `[section]`, `[section "sub"]`, or the old `[section.sub]`.
    fn header(&mut self) -> Option<Header> {
        let line = self.line;
        self.next();
        let mut section = String::new();
        loop {
            match self.peek()? {
                ']' => {
                    self.next();
                    let (section, sub) = match section.split_once('.') {
                        Some((section, sub)) => (section.to_owned(), Some(sub.to_owned())),
                        None => (section, None),
                    };
                    return Some(Header { section, subsection: sub, line });
                }
                c if c.is_ascii_alphanumeric() || c == '-' || c == '.' => {
                    section.push(c.to_ascii_lowercase());
                    self.next();
                }
                ' ' | '\t' => {
                    self.skip_blanks();
                    let subsection = self.subsection()?;
                    return Some(Header { section, subsection: Some(subsection), line });
                }
                _ => return None,
            }
        }
    }

    fn subsection(&mut self) -> Option<String> {
        if self.next()? != '"' {
            return None;
        }
        let mut text = String::new();
        loop {
            match self.peek()? {
                '\n' => return None,
                '"' => {
                    self.next();
                    return (self.next()? == ']').then_some(text);
                }
                '\\' => {
                    self.next();
                    text.push(self.peek().filter(|c| *c != '\n')?);
                }
                c => text.push(c),
            }
            self.next();
        }
    }

    fn assignment(&mut self, header: Header) -> Option<Assignment> {
        let first = self.line;
        let mut name = String::new();
        while let Some(c) = self.peek().filter(|c| c.is_ascii_alphanumeric() || *c == '-') {
            name.push(c.to_ascii_lowercase());
            self.next();
        }
        self.skip_blanks();
        let value = match self.peek() {
            None | Some('\n') => None,
            Some('=') => {
                self.next();
                Some(self.value()?)
            }
            // A comment may not stand behind a bare name, but git takes it.
            Some('#' | ';') => {
                self.skip_line();
                None
            }
            Some(_) => return None,
        };
        let Header { section, subsection, line: header } = header;
        Some(Assignment { section, subsection, name, value, lines: (first, self.line), header })
    }

    /// The value up to the end of the line; a backslash at its end goes on.
    fn value(&mut self) -> Option<String> {
        self.skip_blanks();
        let mut value = String::new();
        // Blanks at the end count only in quotes.
        let mut kept = 0;
        let mut quoted = false;
        loop {
            match self.peek() {
                None | Some('\n') if quoted => return None,
                None | Some('\n') => break,
                Some('#' | ';') if !quoted => {
                    self.skip_line();
                    break;
                }
                Some('"') => {
                    quoted = !quoted;
                    kept = value.len();
                }
                Some('\\') => {
                    self.next();
                    match self.peek()? {
                        '\n' => {}
                        'n' => value.push('\n'),
                        't' => value.push('\t'),
                        'b' => value.push('\u{8}'),
                        c @ ('"' | '\\') => value.push(c),
                        _ => return None,
                    }
                    kept = value.len();
                }
                Some(c) => {
                    value.push(c);
                    if quoted || !c.is_whitespace() {
                        kept = value.len();
                    }
                }
            }
            self.next();
        }
        value.truncate(kept);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>, usize)> {
        let (found, fault) = assignments(text);
        assert_eq!(fault, None, "{text:?}");
        let key = |a: &Assignment| match &a.subsection {
            Some(sub) => format!("{}.{sub}.{}", a.section, a.name),
            None => format!("{}.{}", a.section, a.name),
        };
        found.into_iter().map(|a| (key(&a), a.value.clone(), a.lines.0)).collect()
    }

    #[test]
    fn a_usual_file_is_read() {
        let text = "\u{feff}# me\r\n[user]\r\n\tname = Kim Doe ; no\r\n[URL \"git@Git.corp.example:\"]\n\tinsteadOf = https://Git.corp.example/\n[Credential]helper=!f() { echo \\\"a; b\\\"; }; f\n[x.Y]\n bare\n";
        let of = |key: &str, value: Option<&str>, line| (key.to_owned(), value.map(str::to_owned), line);
        assert_eq!(
            read(text),
            [
                of("user.name", Some("Kim Doe"), 3),
                of("url.git@Git.corp.example:.insteadof", Some("https://Git.corp.example/"), 5),
                // A semicolon outside of quotes begins a comment.
                of("credential.helper", Some("!f() { echo \"a"), 6),
                of("x.y.bare", None, 8),
            ]
        );
    }

    #[test]
    fn values_are_taken_as_git_takes_them() {
        for (value, expected) in [
            ("  a  b  ", "a  b"),
            ("\"a; b \" # c", "a; b "),
            ("a\\\n  b", "a  b"),
            ("\\t\\\\x\\\"", "\t\\x\""),
            ("\"\"", ""),
            ("größe \u{202e}", "größe \u{202e}"),
            ("a \"b\" c", "a b c"),
        ] {
            assert_eq!(read(&format!("[a]\nb ={value}\n"))[0].1.as_deref(), Some(expected), "{value:?}");
        }
    }

    #[test]
    fn git_stops_at_a_line_that_it_cannot_read() {
        for (text, line) in [
            ("[a]\nb = \"x\n", 2),
            ("a = b\n", 1),
            ("[a\nb = c", 1),
            ("[a \"x\ny\"]", 1),
            ("[a]\nb = \\q\n", 2),
            ("[a]\nc = d\n<<<<<<< HEAD\n", 3),
            ("\u{0}\u{0}", 1),
        ] {
            assert_eq!(assignments(text).1, Some(line), "{text:?}");
        }
    }

    #[test]
    fn lines_of_a_long_value_and_its_header_are_known() {
        let (found, _) = assignments("[a]\n[url \"x\"]\n  insteadOf = \\\n    y\n  pushInsteadOf = z\n");
        assert_eq!(found.iter().map(|a| (a.header, a.lines)).collect::<Vec<_>>(), [(2, (3, 4)), (2, (5, 5))]);
    }
}
