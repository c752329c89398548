//! Reads fish's own trace: its commands, one a line, indented by `-`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{CHANGE_LIMIT, Reader, launch};
use crate::host::live::process::Sink;
use crate::host::{StartChange, StartOrigin, StartTrace};
use crate::model::Context;
use crate::model::text::shorten;

/// How long a line may be; what is longer sets nothing that we look for.
const LINE_BYTES: usize = 256 * 1024;

/// How much of a command is kept.
const COMMAND_CHARS: usize = 400;

/// What stands around commands, and is none that anybody looks for.
const BLOCKS: [&str; 14] = [
    "if", "else", "for", "while", "switch", "case", "begin", "and", "or", "not", "end", "builtin", "command",
    "function",
];

/// A trace in the making.
pub(super) struct FishReader {
    names: Vec<String>,
    login_end: String,
    end: String,
    line: Vec<u8>,
    /// The commands that are being run within one another.
    running: Vec<Running>,
    values: BTreeMap<String, String>,
    context: Option<Context>,
    trace: StartTrace,
}

/// A command that is being run.
struct Running {
    depth: usize,
    command: String,
    /// True for what only stands around commands: blocks and conditions.
    surrounds: bool,
}

impl FishReader {
    pub(super) fn new(mark: &str, names: &[String]) -> Self {
        FishReader {
            names: names.to_vec(),
            login_end: format!(": {}", launch::login_end(mark)),
            end: format!(": {}", launch::end(mark)),
            line: Vec::new(),
            running: Vec::new(),
            values: BTreeMap::new(),
            context: Some(Context::Login),
            trace: StartTrace::default(),
        }
    }

    fn read_line(&mut self, line: &str) {
        let Some(context) = self.context else { return };
        let Some((depth, command)) = depth_of(line) else { return };
        if command == self.login_end {
            self.trace.complete.push(Context::Login);
            self.context = Some(Context::Interactive);
            self.running.clear();
            return;
        }
        if command == self.end {
            self.trace.complete.push(Context::Interactive);
            self.context = None;
            return;
        }
        let mut surrounds = is_block(command);
        while let Some(ended) = self.running.pop_if(|running| running.depth >= depth) {
            // A condition stands as deep as its `if`, and the commands that
            // depend on it stand deeper.
            surrounds |= ended.depth == depth && has_condition(&ended.command);
        }
        self.running.push(Running { depth, command: command.to_owned(), surrounds });
        if let Some(set) = Set::parse(command)
            && self.names.contains(&set.name)
            && self.trace.changes.len() < CHANGE_LIMIT
        {
            let value = set.value(self.values.get(&set.name).map(String::as_str));
            match &value {
                Some(value) => self.values.insert(set.name.clone(), value.clone()),
                None => self.values.remove(&set.name),
            };
            self.trace.changes.push(StartChange { context, name: set.name, value, origin: self.origin() });
        }
    }

    /// The file that is being read, and the command in it that led here.
    fn origin(&self) -> StartOrigin {
        let mut file = None;
        for Running { command, .. } in self.running.iter().filter(|running| !running.surrounds) {
            let (first, rest) = command.split_once(' ').unwrap_or((command, ""));
            match first {
                "source" | "." => {
                    file = words(rest).into_iter().next().filter(|path| path.starts_with('/')).map(PathBuf::from);
                }
                _ => return StartOrigin { file, line: None, command: shorten(command, COMMAND_CHARS).into_owned() },
            }
        }
        StartOrigin { file, line: None, command: String::new() }
    }
}

impl Sink for FishReader {
    fn take(&mut self, bytes: &[u8]) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            if self.line.len() + part.len() <= LINE_BYTES {
                self.line.extend_from_slice(part);
            }
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut self.line);
                self.read_line(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
            }
        }
    }
}

impl Reader for FishReader {
    fn finish(mut self: Box<Self>) -> StartTrace {
        if self.context.is_some() && !self.running.is_empty() {
            self.trace.broken_off = Some(self.origin());
        }
        self.trace
    }
}

fn is_block(command: &str) -> bool {
    BLOCKS.contains(&command.split(' ').next().unwrap_or_default())
}

fn has_condition(command: &str) -> bool {
    matches!(command, "if" | "while" | "else if") || command.starts_with("if ") || command.starts_with("while ")
}

/// `---> set -gx X y` as its depth and its command.
fn depth_of(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('-');
    Some((line.len() - rest.len(), rest.strip_prefix("> ")?))
}

/// fish's `set`, with everything filled in.
struct Set {
    name: String,
    how: How,
    words: Vec<String>,
}

enum How {
    Replace,
    Append,
    Prepend,
    Erase,
}

impl Set {
    fn parse(command: &str) -> Option<Set> {
        let mut rest = words(command.strip_prefix("set ")?).into_iter().peekable();
        let mut how = How::Replace;
        while let Some(flag) = rest.next_if(|word| word.len() > 1 && word.starts_with('-')) {
            match flag.as_str() {
                "--append" => how = How::Append,
                "--prepend" => how = How::Prepend,
                "--erase" => how = How::Erase,
                "--query" | "--show" | "--names" => return None,
                long if long.starts_with("--") => {}
                short if short.contains(['q', 'S', 'n']) => return None,
                short if short.contains('a') => how = How::Append,
                short if short.contains('p') => how = How::Prepend,
                short if short.contains('e') => how = How::Erase,
                _ => {}
            }
        }
        let name = rest.next()?;
        // One element of a list: what becomes of the whole is not told.
        (!name.contains('[')).then(|| Set { name, how, words: rest.collect() })
    }

    /// The value as programs that fish starts see it.
    fn value(&self, before: Option<&str>) -> Option<String> {
        let joint = if self.name.ends_with("PATH") { ":" } else { " " };
        let own = self.words.join(joint);
        match (&self.how, before) {
            (How::Erase, _) => None,
            (How::Append, Some(before)) => Some(format!("{before}{joint}{own}")),
            (How::Prepend, Some(before)) => Some(format!("{own}{joint}{before}")),
            (How::Replace | How::Append | How::Prepend, _) => Some(own),
        }
    }
}

/// The words of a traced command: fish quotes those that need it.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(char) = chars.next() {
        match char {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '\\' if !quoted || matches!(chars.peek(), Some('\\' | '\'')) => {
                word.get_or_insert_default().extend(chars.next());
            }
            ' ' if !quoted => words.extend(word.take()),
            char => word.get_or_insert_default().push(char),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(text: &str) -> StartTrace {
        let names = ["GOPATH", "GOFLAGS", "PATH"].map(str::to_owned);
        let mut reader = Box::new(FishReader::new("m", &names));
        reader.take(text.as_bytes());
        reader.finish()
    }

    #[test]
    fn a_change_belongs_to_the_command_of_the_file_that_led_to_it() {
        let trace = trace(
            "> source /h/config.fish\n--> source /h/go.fish\n----> set -gx GOPATH /h/go\n--> if\n--> status is-interactive\n\
             ---> add /opt/x\n-----> set -gx PATH /opt/x /bin\n> : m-login\n> : m-end\n",
        );
        let told: Vec<_> = trace.changes.iter().map(|change| (change.name.as_str(), change.origin.clone())).collect();
        let origin = |file: &str, command: &str| StartOrigin {
            file: Some(PathBuf::from(file)),
            line: None,
            command: command.to_owned(),
        };
        assert_eq!(
            told,
            [
                ("GOPATH", origin("/h/go.fish", "set -gx GOPATH /h/go")),
                ("PATH", origin("/h/config.fish", "add /opt/x"))
            ]
        );
        assert_eq!(trace.changes[1].value.as_deref(), Some("/opt/x:/bin"));
        assert_eq!(trace.complete, [Context::Login, Context::Interactive]);
        assert_eq!(trace.broken_off, None);
    }

    #[test]
    fn appended_erased_quoted_and_asked_for() {
        let trace = trace(
            "> set -gx GOFLAGS '-mod=mod -x'\n> set -q GOFLAGS\n> set -gx PATH /a\n> set -a PATH /b\\ c\n> set -e GOFLAGS\n",
        );
        let values: Vec<_> = trace.changes.iter().map(|change| change.value.as_deref()).collect();
        assert_eq!(values, [Some("-mod=mod -x"), Some("/a"), Some("/a:/b c"), None]);
        assert_eq!(trace.broken_off.map(|origin| origin.command).as_deref(), Some("set -e GOFLAGS"));
    }

    #[test]
    fn noise_is_no_command() {
        let trace = trace("hello\n-->\n--\n>\n\u{1b}[31m> set -gx GOPATH /x\n");
        assert_eq!(trace, StartTrace::default());
    }
}
