//! The simple commands of a shell script, as far as it takes to find calls of
//! Go in them. Nothing is evaluated.

use super::text::Text;
use super::words::is_of_name;

/// A command with the variables that are set for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::probes) struct Command {
    /// `NAME=value` before the command, quotes taken off the value.
    pub(in crate::probes) variables: Vec<(String, String)>,
    /// The words, quotes taken off, variables as they stand.
    pub(in crate::probes) words: Vec<String>,
    /// The line of its last word that begins with a letter, from 1: where
    /// the command itself stands.
    pub(in crate::probes) line: usize,
}

/// Words that stand before a command and change nothing about it.
const BEFORE: [&str; 12] = ["if", "then", "else", "elif", "do", "while", "until", "!", "{", "exec", "time", "env"];

/// The commands of a script, in order.
pub(in crate::probes) fn commands(script: &Text) -> Vec<Command> {
    let text = script.as_str();
    let mut reader = Reader { rest: text, found: Vec::new(), current: Command::default() };
    while let Some(c) = reader.rest.chars().next() {
        let place = text.len() - reader.rest.len();
        match c {
            '\\' if reader.rest.starts_with("\\\n") => reader.rest = &reader.rest[2..],
            '\n' | ';' | '&' | '|' | '(' | ')' => {
                reader.rest = &reader.rest[1..];
                reader.end();
            }
            '#' => reader.rest = reader.rest.find('\n').map_or("", |end| &reader.rest[end..]),
            _ if c.is_whitespace() => reader.rest = &reader.rest[c.len_utf8()..],
            _ => {
                let word = reader.word();
                reader.put(word, script.line_at(place));
            }
        }
    }
    reader.end();
    reader.found
}

struct Reader<'a> {
    rest: &'a str,
    found: Vec<Command>,
    current: Command,
}

impl Reader<'_> {
    fn end(&mut self) {
        let command = std::mem::take(&mut self.current);
        if !command.words.is_empty() || !command.variables.is_empty() {
            self.found.push(command);
        }
    }

    fn put(&mut self, word: String, line: usize) {
        let command = &mut self.current;
        if command.words.is_empty() {
            if BEFORE.contains(&word.as_str()) {
                return;
            }
            if let Some((name, value)) = word.split_once('=')
                && !name.is_empty()
                && name.chars().all(is_of_name)
            {
                command.variables.push((name.to_owned(), value.to_owned()));
                return;
            }
            command.line = line;
        }
        command.words.push(word);
    }

    /// Takes one word off, without its quotes. What `$(…)` and backquotes
    /// hold stays in the word.
    fn word(&mut self) -> String {
        let mut out = String::new();
        let mut quote: Option<char> = None;
        let mut depth = 0_usize;
        while let Some(c) = self.rest.chars().next() {
            let is_bare = quote.is_none() && depth == 0;
            if is_bare && (c.is_whitespace() || matches!(c, ';' | '&' | '|' | '(' | ')')) {
                break;
            }
            self.rest = &self.rest[c.len_utf8()..];
            match (quote, c) {
                _ if depth > 0 => {
                    depth = match c {
                        '(' => depth + 1,
                        ')' => depth - 1,
                        _ => depth,
                    };
                    out.push(c);
                }
                (None | Some('"'), '$') if self.rest.starts_with('(') => {
                    out.push('$');
                    out.push('(');
                    self.rest = &self.rest[1..];
                    depth = 1;
                }
                (Some(open), _) if open == c => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None | Some('"'), '\\') => {
                    let next = self.rest.chars().next();
                    self.rest = &self.rest[next.map_or(0, char::len_utf8)..];
                    out.extend(next.filter(|next| *next != '\n'));
                }
                _ => out.push(c),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> Vec<(String, usize)> {
        let mut text = Text::default();
        for (index, line) in script.split_inclusive('\n').enumerate() {
            text.push(line, index + 1);
        }
        let show = |command: Command| {
            let variables = command.variables.iter().map(|(name, value)| format!("{name}={value}"));
            (variables.chain(command.words.iter().cloned()).collect::<Vec<_>>().join("|"), command.line)
        };
        commands(&text).into_iter().map(show).collect()
    }

    #[test]
    fn commands_end_at_operators() {
        assert_eq!(
            read("set -e; A=1 B='x y' go build -o /a . && \\\n  (cd x || exit 1)\nif go vet; then echo \"a;b\"; fi"),
            [
                ("set|-e".into(), 1),
                ("A=1|B=x y|go|build|-o|/a|.".into(), 1),
                ("cd|x".into(), 2),
                ("exit|1".into(), 2),
                ("go|vet".into(), 3),
                ("echo|a;b".into(), 3),
                ("fi".into(), 3)
            ]
        );
    }

    #[test]
    fn substitutions_stay_in_their_word() {
        assert_eq!(
            read("go build -ldflags \"-X a=$(git describe; (x) )  -s\" . # go test\ngo x"),
            [("go|build|-ldflags|-X a=$(git describe; (x) )  -s|.".into(), 1), ("go|x".into(), 2)]
        );
        assert_eq!(read("env CGO_ENABLED=0 go build"), [("CGO_ENABLED=0|go|build".into(), 1)]);
    }

    #[test]
    fn hostile_scripts_end() {
        for script in ["'never closed ; go", "$((((", "\\", "\"\\", "&&&&||;;()", "\u{fffd}\u{1b}[2J"] {
            read(script);
        }
        assert_eq!(read(&"(".repeat(100_000)).len(), 0);
    }
}
