/// A statement of a go.mod or go.work file: a verb with its words. In a block
/// the verb stands once, before the bracket, and counts for every line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) verb: String,
    pub(super) words: Vec<String>,
    /// The line, from 1.
    pub(super) line: usize,
    /// The line as it stands, without its end.
    pub(super) text: String,
    /// The comment behind the words, without `//`.
    pub(super) comment: String,
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it, in a few words.
    pub what: String,
}

/// The statements of a file, in order, and the lines that cannot be read.
pub(super) fn statements(text: &str) -> (Vec<Statement>, Vec<Fault>) {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    let mut block: Option<(String, usize)> = None;
    for (index, raw) in text.split('\n').enumerate() {
        let line = index + 1;
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        let (mut words, comment) = match split(raw) {
            Ok(split) => split,
            Err(what) => {
                faults.push(Fault { line, what: what.to_owned() });
                continue;
            }
        };
        if words.is_empty() {
            continue;
        }
        if words == [")"] {
            if block.take().is_none() {
                faults.push(Fault { line, what: "a bracket is closed that was not opened".to_owned() });
            }
            continue;
        }
        let statement =
            |verb: &str, words| Statement { verb: verb.to_owned(), words, line, text: raw.to_owned(), comment };
        if let Some((verb, _)) = &block {
            found.push(statement(verb, words));
            continue;
        }
        let verb = words.remove(0);
        match words.as_slice() {
            [bracket] if bracket == "(" => block = Some((verb, line)),
            [open, close] if open == "(" && close == ")" => {}
            _ => found.push(statement(&verb, words)),
        }
    }
    if let Some((verb, line)) = block {
        faults.push(Fault { line, what: format!("the block '{verb} (' is not closed") });
    }
    (found, faults)
}

/// The words of a line and the comment behind them. Words may be quoted;
/// brackets and commas stand for themselves.
fn split(line: &str) -> Result<(Vec<String>, String), &'static str> {
    let mut words = Vec::new();
    let mut rest = line.trim_start_matches('\u{feff}').trim();
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            return Ok((words, comment.trim().to_owned()));
        }
        let (word, behind) = match first {
            '"' => interpreted(&rest[1..])?,
            '`' => {
                let end = rest[1..].find('`').ok_or("a quotation is not closed")?;
                (rest[1..=end].to_owned(), &rest[end + 2..])
            }
            '(' | ')' | '[' | ']' | ',' => (first.to_string(), &rest[1..]),
            _ => {
                let stop = |(at, c): &(usize, char)| {
                    c.is_whitespace() || "()[],".contains(*c) || rest[*at..].starts_with("//")
                };
                let end = rest.char_indices().find(stop).map_or(rest.len(), |(at, _)| at);
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        words.push(word);
        rest = behind.trim_start();
    }
    Ok((words, String::new()))
}

/// A double-quoted word, from behind its opening quote. Of the escapes, only
/// those that a path can need are read.
fn interpreted(text: &str) -> Result<(String, &str), &'static str> {
    let mut word = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok((word, &text[at + 1..])),
            '\\' => match chars.next() {
                Some((_, c @ ('"' | '\\'))) => word.push(c),
                _ => return Err("a quotation has an escape that cannot be read"),
            },
            c => word.push(c),
        }
    }
    Err("a quotation is not closed")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Vec<String>, usize)> {
        let (found, faults) = statements(text);
        assert_eq!(faults, []);
        found.into_iter().map(|statement| (statement.verb, statement.words, statement.line)).collect()
    }

    fn one(verb: &str, words: &[&str], line: usize) -> (String, Vec<String>, usize) {
        (verb.to_owned(), words.iter().map(|word| (*word).to_owned()).collect(), line)
    }

    #[test]
    fn lines_and_blocks_are_statements() {
        let text =
            "module example.com/a // mine\r\n\r\nrequire (\r\n\texample.com/b v1.0.0 // indirect\r\n)\r\ngo 1.22";
        assert_eq!(
            read(text),
            [
                one("module", &["example.com/a"], 1),
                one("require", &["example.com/b", "v1.0.0"], 4),
                one("go", &["1.22"], 6)
            ]
        );
        let (found, _) = statements(text);
        assert_eq!(
            (found[1].comment.as_str(), found[1].text.as_str()),
            ("indirect", "\texample.com/b v1.0.0 // indirect")
        );
    }

    #[test]
    fn quotes_brackets_and_comments_are_told_apart() {
        assert_eq!(
            read("replace \"example.com/a\" => `../a b`"),
            [one("replace", &["example.com/a", "=>", "../a b"], 1)]
        );
        assert_eq!(read("retract [v1.0.0, v1.9.9]//no"), [one("retract", &["[", "v1.0.0", ",", "v1.9.9", "]"], 1)]);
        assert_eq!(read("require ()\n// go 1.2\n\u{feff}go 1.3"), [one("go", &["1.3"], 3)]);
        assert_eq!(read("module \"a\\\"b\\\\\""), [one("module", &["a\"b\\"], 1)]);
    }

    #[test]
    fn what_cannot_be_read_keeps_its_line() {
        let lines = |text: &str| statements(text).1.into_iter().map(|fault| fault.line).collect::<Vec<_>>();
        assert_eq!(lines("module a\nreplace \"x\n)\nrequire (\n\tb v1\n"), [2, 3, 4]);
        assert_eq!(lines("module `x\n"), [1]);
        assert_eq!(lines("module \"\\x41\"\n"), [1]);
        assert!(lines("<<<<<<< ours\n").is_empty());
    }
}
