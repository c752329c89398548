//! Words of an instruction: quotes, and variables as Docker replaces them.

/// The words, with their quotes, and where each begins.
pub(in crate::probes::project) fn raw_words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut begin: Option<usize> = None;
    let mut quote: Option<char> = None;
    let mut is_escaped = false;
    for (place, c) in text.char_indices() {
        if quote.is_none() && !is_escaped && c.is_whitespace() {
            words.extend(begin.take().map(|from| (from, &text[from..place])));
            continue;
        }
        begin.get_or_insert(place);
        match (quote, c) {
            _ if is_escaped => is_escaped = false,
            (Some('"') | None, '\\') => is_escaped = true,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    words.extend(begin.map(|from| (from, &text[from..])));
    words
}

/// A word without its quotes and with its variables replaced. None where a
/// variable is not known, or a form that is not read here.
pub(in crate::probes::project) fn expand(word: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = word;
    let mut quote: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match (quote, c) {
            (Some('\''), '\'') | (Some('"'), '"') => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None | Some('"'), '\\') => {
                let next = rest.chars().next().unwrap_or('\\');
                rest = rest.get(next.len_utf8()..).unwrap_or_default();
                out.push(next);
            }
            (None | Some('"'), '$') => {
                let (replaced, behind) = variable(rest, value)?;
                out.push_str(&replaced);
                rest = behind;
            }
            _ => out.push(c),
        }
    }
    Some(out)
}

/// The value of a variable behind its dollar sign, and what follows it.
fn variable<'a>(text: &'a str, value: &dyn Fn(&str) -> Option<String>) -> Option<(String, &'a str)> {
    let (inner, behind) = match text.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => text.split_at(text.find(|c: char| !is_of_name(c)).unwrap_or(text.len())),
    };
    let name = &inner[..inner.find(|c: char| !is_of_name(c)).unwrap_or(inner.len())];
    if name.is_empty() {
        return None;
    }
    let known = value(name);
    let replaced = match &inner[name.len()..] {
        "" => known?,
        form => match form.strip_prefix(":-").or_else(|| form.strip_prefix('-')) {
            Some(default) => known.filter(|known| !known.is_empty()).or_else(|| plain(default))?,
            None => return None,
        },
    };
    Some((replaced, behind))
}

/// A default without variables of its own.
fn plain(text: &str) -> Option<String> {
    (!text.contains(['$', '"', '\''])).then(|| text.to_owned())
}

pub(in crate::probes::project) fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_blanks_outside_of_quotes() {
        let words = |text| raw_words(text).into_iter().map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(words(" a='b c' \"d\\\" e\" f\\ g "), ["a='b c'", "\"d\\\" e\"", "f\\ g"]);
        assert_eq!(words("'never closed \u{e9}"), ["'never closed \u{e9}"]);
        assert_eq!(words("\\"), ["\\"]);
        assert!(words(" \t").is_empty());
    }

    #[test]
    fn variables_are_replaced_as_docker_does() {
        let value = |name: &str| match name {
            "A" => Some("one".to_owned()),
            "E" => Some(String::new()),
            _ => None,
        };
        let read = |word| expand(word, &value);
        assert_eq!(read("x$A-${A}y").as_deref(), Some("xone-oney"));
        assert_eq!(read("'$A'\"$A\"\\$A").as_deref(), Some("$Aone$A"));
        assert_eq!(read("${E:-two}${NO:-three}").as_deref(), Some("twothree"));
        for unknown in ["$NO", "${NO}", "${A", "$", "${A:+x}", "${A#o}", "${NO:-$A}", "${}"] {
            assert_eq!(read(unknown), None, "{unknown}");
        }
    }
}
