//! Scripts as words and operators.

use super::Dialect;
use super::word::{Piece, Word};

/// A word or an operator, with the line that it begins on, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Word(Word),
    /// A line end, `;` or `&`.
    End,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`
    Pipe,
    /// `;;` and its kin.
    ArmEnd,
    /// `(`
    Open,
    /// `)`
    Close,
}

/// How deep `${…}` and `name=(…)` are looked into, one inside the other.
pub(super) const DEPTH: usize = 6;

struct Heredoc {
    delimiter: String,
    strip_tabs: bool,
}

/// Reads tokens off a script.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) dialect: Dialect,
    /// How many `${…}` and `name=(…)` this text lies in.
    pub(super) depth: usize,
    /// Where a quote or a bracket begins that is never closed.
    pub(super) unfinished: Option<usize>,
    line: usize,
    heredocs: Vec<Heredoc>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        Lexer { text, at: 0, dialect, depth: 0, unfinished: None, line: 1, heredocs: Vec::new() }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn peek_second(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at + 1).copied()
    }

    /// Takes one byte, and notes line ends.
    pub(super) fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        if byte == b'\n' {
            self.line += 1;
        }
        Some(byte)
    }

    /// Takes bytes as long as they are wanted.
    pub(super) fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a str {
        let from = self.at;
        while self.peek().is_some_and(&wanted) {
            self.bump();
        }
        // Wanted bytes are ASCII, or whole runs of others.
        self.text.get(from..self.at).unwrap_or_default()
    }

    fn operator(&mut self, first: u8) -> Option<Kind> {
        self.bump();
        let doubled = self.peek() == Some(first);
        let kind = match (first, doubled) {
            (b'\n', _) => {
                self.skip_heredocs();
                return Some(Kind::End);
            }
            (b';', true) => Kind::ArmEnd,
            (b';', false) if self.peek() == Some(b'&') => Kind::ArmEnd,
            (b'&', true) => Kind::And,
            (b'|', true) => Kind::Or,
            // `&>file` redirects.
            (b'&', false) if self.peek() == Some(b'>') => {
                self.redirection();
                return None;
            }
            (b'|', false) => {
                // `|&` is a pipe too.
                self.take_while(|byte| byte == b'&');
                return Some(Kind::Pipe);
            }
            (b'(', _) => return Some(Kind::Open),
            (b')', _) => return Some(Kind::Close),
            _ => return Some(Kind::End),
        };
        while self.peek().is_some_and(|byte| byte == first || (first == b';' && byte == b'&')) {
            self.bump();
        }
        Some(kind)
    }

    /// Skips a redirection with its target; notes a here-document.
    fn redirection(&mut self) {
        let operator = self.take_while(|byte| matches!(byte, b'<' | b'>' | b'&' | b'|' | b'-'));
        let (is_heredoc, strip_tabs) = (matches!(operator, "<<" | "<<-"), operator.ends_with('-'));
        if operator.ends_with("&-") {
            return;
        }
        self.take_while(|byte| matches!(byte, b' ' | b'\t'));
        // `<(command)` is a word of its own.
        if self.peek() == Some(b'(') {
            self.bump();
            self.balanced(b'(', b')');
            return;
        }
        let target = self.word();
        if is_heredoc && self.dialect == Dialect::Posix {
            let delimiter = target.outline();
            self.heredocs.push(Heredoc { delimiter, strip_tabs });
        }
    }

    fn skip_heredocs(&mut self) {
        for heredoc in std::mem::take(&mut self.heredocs) {
            while self.peek().is_some() {
                let line = self.take_while(|byte| byte != b'\n');
                self.bump();
                let line = if heredoc.strip_tabs { line.trim_start_matches('\t') } else { line };
                if line.trim_end_matches('\r') == heredoc.delimiter {
                    break;
                }
            }
        }
    }

    /// The text up to the bracket that closes one already taken.
    pub(super) fn balanced(&mut self, open: u8, close: u8) -> &'a str {
        let (from, line) = (self.at, self.line);
        let mut level = 1_usize;
        while let Some(byte) = self.bump() {
            match byte {
                _ if byte == close => level -= 1,
                _ if byte == open => level += 1,
                b'\\' => {
                    self.bump();
                }
                // An apostrophe in `${…}` mostly stands in double quotes.
                b'\'' if close == b'}' => {}
                b'\'' | b'"' | b'`' => self.skip_quoted(byte),
                _ => {}
            }
            if level == 0 {
                return self.text.get(from..self.at - 1).unwrap_or_default();
            }
        }
        self.unfinished.get_or_insert(line);
        self.text.get(from..).unwrap_or_default()
    }

    fn skip_quoted(&mut self, quote: u8) {
        while let Some(byte) = self.bump() {
            match byte {
                b'\\' if quote != b'\'' || self.dialect == Dialect::Fish => {
                    self.bump();
                }
                _ if byte == quote => return,
                _ => {}
            }
        }
    }

    /// The word that begins here.
    pub(super) fn word(&mut self) -> Word {
        let mut word = Word::default();
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b')' => break,
                b'(' if !self.bracket_in_word(&mut word) => break,
                b'(' => {}
                b'\'' => self.single_quoted(&mut word),
                b'"' => self.double_quoted(&mut word),
                b'$' => self.dollar(&mut word, false),
                b'`' if self.dialect == Dialect::Posix => {
                    self.bump();
                    word.pieces.push(Piece::Output(self.balanced(b'\0', b'`').to_owned()));
                }
                b'\\' => self.escaped(&mut word),
                b'~' => self.tilde(&mut word),
                _ => {
                    let text = self.take_while(|byte| !b" \t\n;&|<>()'\"$`\\~".contains(&byte));
                    // A backtick is nothing special in fish.
                    let text = if text.is_empty() { self.take_one() } else { text };
                    word.push(text, true);
                }
            }
        }
        word
    }

    fn take_one(&mut self) -> &'a str {
        let from = self.at;
        self.bump();
        self.text.get(from..self.at).unwrap_or_default()
    }

    /// `(` inside or at the end of a word. False when it is an operator.
    fn bracket_in_word(&mut self, word: &mut Word) -> bool {
        let assigns = matches!(word.pieces.last(), Some(Piece::Text { text, bare: true }) if text.ends_with('='));
        match self.dialect {
            Dialect::Fish => {
                self.bump();
                let command = self.balanced(b'(', b')').to_owned();
                word.pieces.push(Piece::Output(command));
            }
            Dialect::Posix if assigns && self.depth < DEPTH => {
                self.bump();
                self.depth += 1;
                word.array = Some(self.elements());
                self.depth -= 1;
            }
            Dialect::Posix if word.pieces.is_empty() || self.peek_second() == Some(b')') => return false,
            // A pattern such as `*.zsh(N)`.
            Dialect::Posix => {
                self.bump();
                self.balanced(b'(', b')');
                word.pieces.push(Piece::Opaque);
            }
        }
        true
    }

    /// The elements of an array, over several lines where it has them.
    fn elements(&mut self) -> Vec<Word> {
        let mut elements = Vec::new();
        for token in self.by_ref() {
            match token.kind {
                Kind::Word(word) => elements.push(word),
                Kind::Close => break,
                _ => {}
            }
        }
        elements
    }

    fn single_quoted(&mut self, word: &mut Word) {
        let line = self.line;
        self.bump();
        let mut text = String::new();
        loop {
            let Some(byte) = self.peek() else {
                self.unfinished.get_or_insert(line);
                break;
            };
            match byte {
                b'\'' => {
                    self.bump();
                    break;
                }
                b'\\' if self.dialect == Dialect::Fish => {
                    self.bump();
                    if !matches!(self.peek(), Some(b'\'' | b'\\')) {
                        text.push('\\');
                    }
                    text.push_str(self.take_char());
                }
                b'\\' => text.push_str(self.take_one()),
                _ => text.push_str(self.take_while(|byte| !matches!(byte, b'\'' | b'\\'))),
            }
        }
        word.push(&text, false);
    }

    fn double_quoted(&mut self, word: &mut Word) {
        let line = self.line;
        self.bump();
        word.push("", false);
        loop {
            let Some(byte) = self.peek() else {
                self.unfinished.get_or_insert(line);
                break;
            };
            match byte {
                b'"' => {
                    self.bump();
                    break;
                }
                b'$' => self.dollar(word, true),
                b'`' if self.dialect == Dialect::Posix => {
                    self.bump();
                    word.pieces.push(Piece::Output(self.balanced(b'\0', b'`').to_owned()));
                }
                b'\\' => {
                    self.bump();
                    match self.peek() {
                        Some(b'\n') => {
                            self.bump();
                        }
                        Some(b'$' | b'`' | b'"' | b'\\') => word.push(self.take_one(), false),
                        _ => word.push("\\", false),
                    }
                }
                b'`' => word.push(self.take_one(), false),
                _ => word.push(self.take_while(|byte| !matches!(byte, b'"' | b'$' | b'`' | b'\\')), false),
            }
        }
    }

    /// A backslash outside quotes.
    fn escaped(&mut self, word: &mut Word) {
        self.bump();
        if self.peek() == Some(b'\n') {
            self.bump();
            return;
        }
        let text = self.take_char();
        word.push(text, false);
    }

    /// One whole character.
    fn take_char(&mut self) -> &'a str {
        let from = self.at;
        self.bump();
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.text.get(from..self.at).unwrap_or_default()
    }

    /// `~` means home at the beginning of a word, and behind `=` and `:`.
    fn tilde(&mut self, word: &mut Word) {
        self.bump();
        let before = match word.pieces.last() {
            None => word.array.is_none(),
            Some(Piece::Text { text, bare: true }) => text.ends_with(['=', ':']),
            Some(_) => false,
        };
        let behind = matches!(self.peek(), None | Some(b'/' | b':' | b' ' | b'\t' | b'\n' | b';' | b')' | b'&'));
        if before && behind {
            word.pieces.push(Piece::Tilde);
        } else {
            word.push("~", true);
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let line = self.line;
            let kind = match self.peek()? {
                b' ' | b'\t' => {
                    self.bump();
                    continue;
                }
                b'\\' if self.peek_second() == Some(b'\n') => {
                    self.at += 1;
                    self.bump();
                    continue;
                }
                b'#' => {
                    self.take_while(|byte| byte != b'\n');
                    continue;
                }
                b'<' | b'>' => {
                    self.redirection();
                    continue;
                }
                byte @ (b'\n' | b';' | b'&' | b'|' | b')') => match self.operator(byte) {
                    Some(kind) => kind,
                    None => continue,
                },
                b'(' if self.dialect == Dialect::Posix && self.peek_second() == Some(b'(') => {
                    self.at += 2;
                    self.balanced(b'(', b')');
                    self.take_while(|byte| byte == b')');
                    Kind::Word(Word { pieces: vec![Piece::Opaque], array: None })
                }
                b'(' if self.dialect == Dialect::Posix => {
                    self.bump();
                    Kind::Open
                }
                _ => {
                    let word = self.word();
                    // `2>&1`: a number before a redirection belongs to it.
                    let is_number = word.text().is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
                    if is_number && matches!(self.peek(), Some(b'<' | b'>')) {
                        continue;
                    }
                    Kind::Word(word)
                }
            };
            return Some(Token { kind, line });
        }
    }
}
