//! What stands on one line of YAML.

use super::{Node, Value};

pub(super) fn text(line: usize, text: &str) -> Node {
    Node { line, value: Value::Text(text.to_owned()) }
}

pub(super) fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// `key: value`, or `key:`.
pub(super) fn pair(content: &str) -> Option<(&str, &str)> {
    if content.starts_with(['[', '{']) {
        return None;
    }
    let key_end = match content.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => content[1..].find(quote)? + 2,
        None => 0,
    };
    let colon = content[key_end..].match_indices(':').map(|(at, _)| key_end + at);
    let at = colon.into_iter().find(|at| content[at + 1..].is_empty() || content[at + 1..].starts_with([' ', '\t']))?;
    Some((content[..at].trim(), content[at + 1..].trim()))
}

/// A value that stands on one line.
pub(super) fn inline(line: usize, value: &str) -> Node {
    let inner = |open, close| value.strip_prefix(open)?.strip_suffix(close);
    let parts = |inner: &str| {
        inner.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>()
    };
    let value = if let Some(inner) = inner('[', ']') {
        Value::List(parts(inner).iter().map(|part| text(line, unquoted(part))).collect())
    } else if let Some(inner) = inner('{', '}').filter(|inner| !inner.starts_with('{')) {
        let pairs = parts(inner);
        let pairs = pairs.iter().filter_map(|part| part.split_once(':'));
        Value::Map(
            pairs.map(|(key, value)| (unquoted(key.trim()).to_owned(), text(line, unquoted(value.trim())))).collect(),
        )
    } else {
        Value::Text(unquoted(value).to_owned())
    };
    Node { line, value }
}

pub(super) fn unquoted(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

pub(super) fn without_comment(line: &str) -> &str {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') if before.is_whitespace() || matches!(before, '[' | ',') => quote = Some(c),
            (None, '#') if before.is_whitespace() => return &line[..at],
            _ => {}
        }
        before = c;
    }
    line
}
