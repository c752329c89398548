//! Lines of the GOENV file that mean a setting and do not make it.

use super::setting_names::SETTING_NAMES;

/// A line that means a setting and does not make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultyLine {
    /// The line, from 1.
    pub line: usize,
    /// Its text, without the line end.
    pub text: String,
    /// What is wrong with it.
    pub fault: LineFault,
    /// The setting that is meant.
    pub name: String,
    /// The line as Go wants it.
    pub right: String,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineFault {
    /// Go skips it.
    Ignored,
    /// Go takes the quotation marks for a part of the value.
    Quoted,
}

/// The faulty lines of a text.
pub(super) fn read_lines(text: &str) -> Vec<FaultyLine> {
    text.split('\n').enumerate().filter_map(|(index, line)| read_line(index + 1, line)).collect()
}

fn read_line(line: usize, text: &str) -> Option<FaultyLine> {
    let text = text.trim_end_matches('\r');
    let (left, value) = text.split_once('=')?;
    let name = meant(left)?;
    let is_taken = left == name;
    let bare = unquoted(value.trim());
    let fault = match bare {
        _ if !is_taken => LineFault::Ignored,
        Some(_) if !splits_quotes(&name) => LineFault::Quoted,
        _ => return None,
    };
    let value = if splits_quotes(&name) { value.trim() } else { bare.unwrap_or(value.trim()) };
    let right = format!("{name}={value}");
    Some(FaultyLine { line, text: text.to_owned(), fault, name, right })
}

/// The setting that the words before `=` mean: its name as it is, or after
/// blanks, a byte order mark, or a word of some shell.
fn meant(left: &str) -> Option<String> {
    let mut words = left.trim_start_matches('\u{feff}').split_whitespace();
    let mut word = words.next()?;
    if matches!(word, "export" | "set" | "setenv" | "declare" | "-x") {
        word = words.next()?;
    }
    let word = word.strip_prefix("$env:").unwrap_or(word).to_ascii_uppercase();
    // goroot-in-env-file speaks of a GOROOT; one that is skipped does no harm.
    (words.next().is_none() && word != "GOROOT" && SETTING_NAMES.contains(&word.as_str())).then_some(word)
}

/// The text between quotation marks of one kind.
fn unquoted(value: &str) -> Option<&str> {
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    value[1..].strip_suffix(mark).filter(|inner| !inner.contains(mark))
}

/// True for a setting that is a command line: Go splits it into words and
/// takes quotation marks away.
fn splits_quotes(name: &str) -> bool {
    let commands = ["AR", "CC", "CXX", "FC", "GCCGO", "GOAUTH", "GOCACHEPROG", "GOFLAGS", "PKG_CONFIG"];
    commands.contains(&name) || (name.starts_with("CGO_") && name != "CGO_ENABLED")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_skips_or_takes_too_literally_is_told() {
        for (text, expected) in [
            ("GOPATH=/x", None),
            ("# export GOPATH=/x", None),
            ("export GOROOT=\"/x\"", None),
            ("", None),
            ("GOPATH", None),
            ("GOPATH=", None),
            ("GOFLAGS=\"-mod=mod\"", None),
            ("NOTE = \"x\"", None),
            ("GOPRIVATE=a,\"b\"", None),
            ("GOPATH=\"", None),
            ("export GOPATH=/x", Some((LineFault::Ignored, "GOPATH=/x"))),
            ("  GOPATH = '/x'\r", Some((LineFault::Ignored, "GOPATH=/x"))),
            ("\u{feff}GOPATH=/x", Some((LineFault::Ignored, "GOPATH=/x"))),
            ("gopath=/x", Some((LineFault::Ignored, "GOPATH=/x"))),
            ("$env:GOPATH = \"/x\"", Some((LineFault::Ignored, "GOPATH=/x"))),
            ("export GOFLAGS='-a'", Some((LineFault::Ignored, "GOFLAGS='-a'"))),
            ("GOPATH=\"/x\"", Some((LineFault::Quoted, "GOPATH=/x"))),
            ("CGO_ENABLED='0'", Some((LineFault::Quoted, "CGO_ENABLED=0"))),
        ] {
            let found = read_line(1, text).map(|line| (line.fault, line.right));
            assert_eq!(found, expected.map(|(fault, right)| (fault, right.to_owned())), "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_and_bytes_of_any_kind_survive() {
        let text = String::from_utf8_lossy(b"\xff\xfe\n\x00=\n\xc3=\"\nset GOBIN=/x\n").into_owned();
        assert_eq!(read_lines(&text).into_iter().map(|line| line.line).collect::<Vec<_>>(), [4]);
    }
}
