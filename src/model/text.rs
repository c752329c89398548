//! Text from the machine is data: nothing in it may move a cursor, ring a
//! bell or turn a line around.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with control characters and bidirectional controls written out.
///
/// ESC becomes `\x1b`, a tab one blank, a newline `\n`.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) { Cow::Owned(escape(text, false)) } else { Cow::Borrowed(text) }
}

/// Like [`plain`], but newlines stay: for text of several lines.
#[must_use]
pub fn plain_lines(text: &str) -> String {
    escape(text, true)
}

/// JSON with the same characters written as `\u001b`: they stand within its
/// strings only, so that it says the same. Newlines between its parts stay.
#[must_use]
pub fn plain_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        // All of them lie in the first plane: one escape each.
        match is_unsafe(c) && c != '\n' {
            true => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            false => out.push(c),
        }
    }
    out
}

/// A title inside a sentence: its first letter small.
#[must_use]
pub fn lower_first(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// An error of the system for people: without the `(os error N)` that std
/// appends.
#[must_use]
pub fn io_text(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

fn escape(text: &str, keep_newlines: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' if keep_newlines => out.push('\n'),
            '\t' => out.push(' '),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if (c as u32) < 0x100 && is_unsafe(c) => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            c if is_unsafe(c) => {
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

/// Control characters (C0, DEL, C1), bidirectional controls, line separators
/// and the byte-order mark.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// At most `max` characters of `text`, with `…` where it was cut.
#[must_use]
pub fn shorten(text: &str, max: usize) -> Cow<'_, str> {
    if text.chars().count() <= max {
        return Cow::Borrowed(text);
    }
    let mut out: String = text.chars().take(max.saturating_sub(1)).collect();
    out.push('…');
    Cow::Owned(out)
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_shown_not_sent() {
        assert_eq!(plain("\x1b[2Jred\x07"), "\\x1b[2Jred\\x07");
        assert_eq!(plain("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(plain("a\u{9b}b"), "a\\x9bb");
        assert_eq!(plain("größer ✖"), "größer ✖");
    }

    #[test]
    fn newlines_stay_only_in_lines() {
        assert_eq!(plain("a\nb"), "a\\nb");
        assert_eq!(plain_lines("a\nb\r"), "a\nb\\r");
    }
}
