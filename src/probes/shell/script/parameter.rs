//! What `$` begins.

use super::Dialect;
use super::lexer::{DEPTH, Lexer};
use super::word::{Piece, Word};

impl Lexer<'_> {
    /// A `$` and what belongs to it.
    pub(super) fn dollar(&mut self, word: &mut Word, quoted: bool) {
        self.bump();
        match self.peek() {
            Some(b'(') => {
                self.bump();
                let command = self.balanced(b'(', b')').to_owned();
                // `$((…))` is arithmetic.
                word.pieces.push(if command.starts_with('(') { Piece::Opaque } else { Piece::Output(command) });
            }
            Some(b'{') if self.dialect == Dialect::Posix => {
                self.bump();
                let inner = self.balanced(b'{', b'}');
                self.parameter(inner, word);
            }
            Some(b'\'') if self.dialect == Dialect::Posix && !quoted => {
                self.bump();
                let text = self.balanced(b'\0', b'\'').to_owned();
                word.push(&text, false);
            }
            // `$"…"` is translated, which changes nothing here.
            Some(b'"') if self.dialect == Dialect::Posix && !quoted => {}
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => {
                let name = self.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_').to_owned();
                if self.dialect == Dialect::Fish && self.peek() == Some(b'[') {
                    self.bump();
                    self.balanced(b'[', b']');
                    word.pieces.push(Piece::Opaque);
                } else {
                    word.pieces.push(Piece::Variable { name, default: None });
                }
            }
            Some(b'-') => {
                self.bump();
                word.pieces.push(Piece::Variable { name: "-".into(), default: None });
            }
            Some(byte) if byte.is_ascii_digit() || b"@*#?$!".contains(&byte) => {
                self.bump();
                word.pieces.push(Piece::Opaque);
            }
            _ => word.push("$", !quoted),
        }
    }

    /// The inside of `${…}`.
    fn parameter(&self, inner: &str, word: &mut Word) {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = if inner.starts_with('-') { 1 } else { inner.find(|c| !is_name(c)).unwrap_or(inner.len()) };
        let (name, rest) = inner.split_at(end);
        let name = name.to_owned();
        if name.is_empty() {
            word.pieces.push(Piece::Opaque);
            return;
        }
        let operand = |operators: [&str; 2]| operators.iter().find_map(|operator| rest.strip_prefix(operator));
        if rest.is_empty() {
            word.pieces.push(Piece::Variable { name, default: None });
        } else if let Some(default) = operand([":-", "-"]).or_else(|| operand([":=", "="])) {
            word.pieces.push(Piece::Variable { name, default: Some(self.operand(default)) });
        } else if let Some(instead) = operand([":+", "+"]) {
            // It stands there when the variable is set, as PATH always is.
            word.pieces.extend(self.operand(instead));
        } else if name == "-" {
            word.pieces.push(Piece::Variable { name, default: None });
        } else {
            word.pieces.push(Piece::Opaque);
        }
    }

    fn operand(&self, text: &str) -> Vec<Piece> {
        if self.depth >= DEPTH {
            return vec![Piece::Opaque];
        }
        let mut inner = Lexer::new(text, self.dialect);
        inner.depth = self.depth + 1;
        let mut word = inner.word();
        if inner.at < text.len() {
            word.pieces.push(Piece::Opaque);
        }
        word.pieces
    }
}
