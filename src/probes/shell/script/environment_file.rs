//! Files of assignments that are no scripts.

use super::word::{Piece, Word};
use super::{Change, Effect, How, Reach, Statement};

/// `/etc/environment`, as pam_env(8) reads it, and the files of
/// environment.d(5): `NAME=value` lines, quotes around the value allowed.
/// Only the latter know variables, but neither has a use for `$` otherwise.
pub(in crate::probes::shell) fn read_environment(text: &str) -> Vec<Statement> {
    text.lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let line = line.trim();
            let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
            let (name, value) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
            let value = value.trim().trim_matches(['"', '\'']);
            Some(set(index + 1, name.trim(), vec![with_variables(value)]))
        })
        .collect()
}

/// `$NAME` and `${NAME}` in otherwise plain text.
fn with_variables(text: &str) -> Word {
    let mut word = Word::default();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        word.push(&rest[..at], false);
        rest = &rest[at + 1..];
        let braced = rest.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (name, behind) = braced.unwrap_or_else(|| rest.split_at(end));
        let (name, default) = match name.split_once(":-") {
            Some((name, default)) => (name, Some(vec![Piece::Text { text: default.to_owned(), bare: false }])),
            None => (name, None),
        };
        word.pieces.push(Piece::Variable { name: name.to_owned(), default });
        rest = behind;
    }
    word.push(rest, false);
    word
}

/// fish's own store of universal variables: `SETUVAR --export NAME:a\x1eb`.
pub(in crate::probes::shell) fn read_fish_variables(text: &str) -> Vec<Statement> {
    text.lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let mut rest = line.strip_prefix("SETUVAR ")?;
            while rest.starts_with("--") {
                rest = rest.split_once(' ')?.1;
            }
            let (name, value) = rest.split_once(':')?;
            let literal =
                |text: &str| Word { pieces: vec![Piece::Text { text: unescape(text), bare: false }], array: None };
            Some(set(index + 1, name, value.split("\\x1e").filter(|part| !part.is_empty()).map(literal).collect()))
        })
        .collect()
}

/// Undoes `\xHH`, `\uHHHH` and `\UHHHHHHHH`.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = match rest.bytes().next() {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let code = rest.get(1..=digits).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        match code {
            Some(c) => {
                out.push(c);
                rest = &rest[digits + 1..];
            }
            None => out.push('\\'),
        }
    }
    out.push_str(rest);
    out
}

fn set(line: usize, name: &str, words: Vec<Word>) -> Statement {
    let change = Change { name: name.to_owned(), words, how: How::Replace };
    Statement { line, reach: Reach::Every, effect: Effect::Set(change) }
}
