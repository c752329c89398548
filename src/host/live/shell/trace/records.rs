//! Reads the trace of bash, zsh and sh while it comes.

use memchr::memmem::Finder;

use super::super::kind::Kind;
use super::origin::{self, Place};
use super::prompt::{END, LEVEL, PART, PLACE_FIELDS, UNSET};
use super::{CHANGE_LIMIT, Reader, launch};
use crate::host::live::process::Sink;
use crate::host::{StartChange, StartOrigin, StartTrace};
use crate::model::Context;

/// How much of a command is kept.
const COMMAND_BYTES: usize = 400;

/// How long a prompt may be; a longer one is none.
const PROMPT_BYTES: usize = 1024 * 1024;

/// A trace in the making.
pub(super) struct Records {
    kind: Kind,
    mark: String,
    finder: Finder<'static>,
    names: Vec<String>,
    /// What came and was not read yet.
    buffer: Vec<u8>,
    /// The command whose text is being read.
    current: Option<Record>,
    /// The values before it.
    values: Option<Vec<u8>>,
    /// The last command of a file.
    last: StartOrigin,
    /// The `eval` that commands stand in, with its depth.
    eval: Option<(usize, StartOrigin)>,
    stage: Stage,
    trace: StartTrace,
}

/// Which shell is being traced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Login,
    Terminal,
    Done,
}

/// One prompt with the command behind it.
struct Record {
    /// How many times the shell repeated the first character.
    level: usize,
    prompt: Vec<u8>,
    command: Vec<u8>,
}

impl Records {
    pub(super) fn new(kind: Kind, mark: &str, names: &[String]) -> Self {
        Records {
            kind,
            mark: mark.to_owned(),
            finder: Finder::new(mark).into_owned(),
            names: names.to_vec(),
            buffer: Vec::new(),
            current: None,
            values: None,
            last: StartOrigin::default(),
            eval: None,
            stage: Stage::Login,
            trace: StartTrace::default(),
        }
    }

    /// Reads what is complete; `at_end` when nothing more comes.
    fn read(&mut self, at_end: bool) {
        let buffer = std::mem::take(&mut self.buffer);
        let mut rest = buffer.as_slice();
        while let Some((level, before, after)) = self.next_prompt(rest) {
            let Some(end) = after.iter().position(|byte| *byte == END) else {
                if after.len() > PROMPT_BYTES {
                    rest = after;
                    continue;
                }
                break;
            };
            self.text(before);
            self.settle();
            self.current = Some(Record { level, prompt: after[..end].to_vec(), command: Vec::new() });
            rest = &after[end + 1..];
        }
        // A mark may be cut at the end of what came so far.
        let kept = if at_end || self.next_prompt(rest).is_some() {
            0
        } else {
            rest.len().saturating_sub(self.mark.len() + 64)
        };
        if kept > 0 {
            self.text(&rest[..kept]);
        }
        self.buffer = rest[kept..].to_vec();
    }

    /// The next prompt: its level, what stands before it, what comes behind
    /// its mark.
    fn next_prompt<'a>(&self, text: &'a [u8]) -> Option<(usize, &'a [u8], &'a [u8])> {
        let mut from = 0;
        while let Some(found) = self.finder.find(&text[from..]) {
            let (start, end) = (from + found, from + found + self.mark.len());
            let before = &text[..start];
            let level = before.iter().rev().take_while(|byte| **byte == LEVEL).count();
            let after = &text[end..];
            match after.first() {
                Some(&PART) if level > 0 => return Some((level, &before[..before.len() - level], &after[1..])),
                // The mark within a command, or one that has not come whole.
                Some(_) => from = end,
                None => return None,
            }
        }
        None
    }

    fn text(&mut self, bytes: &[u8]) {
        if let Some(current) = &mut self.current {
            let room = COMMAND_BYTES.saturating_sub(current.command.len());
            current.command.extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
    }

    /// Takes account of a command whose text is complete.
    fn settle(&mut self) {
        let Some(record) = self.current.take() else { return };
        let parts: Vec<&[u8]> = record.prompt.splitn(PLACE_FIELDS + 1, |byte| *byte == PART).collect();
        let Ok(parts) = <[&[u8]; PLACE_FIELDS + 1]>::try_from(parts) else { return };
        let [place @ .., values] = parts;
        let place: [std::borrow::Cow<'_, str>; PLACE_FIELDS] = place.map(String::from_utf8_lossy);
        let place: [&str; PLACE_FIELDS] = std::array::from_fn(|index| &*place[index]);
        // What a subshell does stays there.
        if place[0] != "0" || self.stage == Stage::Done {
            return;
        }
        let command = first_line(&record.command);
        if command.contains(&self.mark) {
            self.settle_mark(&command, values);
            return;
        }
        self.compare(values, &command);
        let place = origin::place(self.kind, &place);
        if place.file.is_some() || self.kind == Kind::Posix {
            self.last = self.origin(&record, place, command);
        }
    }

    /// One of our own commands: the end of a shell, or its becoming another.
    fn settle_mark(&mut self, command: &str, values: &[u8]) {
        let is = |end: String| command.strip_prefix(": ").is_some_and(|rest| rest.trim_end() == end);
        if is(launch::login_end(&self.mark)) {
            self.compare(values, "");
            self.trace.complete.push(Context::Login);
            self.stage = Stage::Terminal;
            // The next shell is given only what this one exported.
            self.values = None;
            self.last = StartOrigin::default();
        } else if is(launch::end(&self.mark)) {
            self.compare(values, "");
            self.trace.complete.push(Context::Interactive);
            self.stage = Stage::Done;
        }
    }

    fn context(&self) -> Context {
        if self.stage == Stage::Login { Context::Login } else { Context::Interactive }
    }

    /// What is different now was done by the last command; dash tells of an
    /// assignment when it is done.
    fn compare(&mut self, values: &[u8], command: &str) {
        // Inside functions of zsh they are not told.
        if values.is_empty() && !self.names.is_empty() {
            return;
        }
        let context = self.context();
        let Some(before) = self.values.replace(values.to_vec()) else {
            let given = self.names.iter().zip(values.split(|byte| *byte == PART));
            let given = given.filter_map(|(name, value)| Some((name.clone(), value_of(value)?)));
            self.trace.given.insert(context, given.collect());
            return;
        };
        if before == values {
            return;
        }
        let pairs = before.split(|byte| *byte == PART).zip(values.split(|byte| *byte == PART));
        for (name, (old, new)) in self.names.iter().zip(pairs) {
            if old != new && self.trace.changes.len() < CHANGE_LIMIT {
                let (name, value) = (name.clone(), value_of(new));
                let assigns =
                    self.kind == Kind::Posix && command.strip_prefix(&name).is_some_and(|rest| rest.starts_with('='));
                let origin = match () {
                    () if assigns => StartOrigin { command: command.to_owned(), ..StartOrigin::default() },
                    () if blinds(&self.last.command) => StartOrigin { line: None, ..self.last.clone() },
                    () => self.last.clone(),
                };
                self.trace.changes.push(StartChange { context, name, value, origin });
            }
        }
    }

    /// Where a command comes from. What an `eval` runs has line numbers of
    /// its own: the line of the `eval` is the one that can be looked at.
    fn origin(&mut self, record: &Record, place: Place, command: String) -> StartOrigin {
        let depth = record.level.saturating_sub(place.files_deep);
        let Place { file, line, .. } = place;
        match &self.eval {
            Some((outer, origin)) if depth > *outer && origin.file == file => {
                return StartOrigin { command, ..origin.clone() };
            }
            _ => self.eval = None,
        }
        let origin = StartOrigin { file, line, command };
        if self.kind == Kind::Bash && origin.command.starts_with("eval ") {
            self.eval = Some((depth, origin.clone()));
        }
        origin
    }
}

impl Sink for Records {
    fn take(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        self.read(false);
    }
}

impl Reader for Records {
    fn finish(mut self: Box<Self>) -> StartTrace {
        self.read(true);
        let rest = std::mem::take(&mut self.buffer);
        self.text(&rest);
        self.settle();
        if self.stage != Stage::Done && self.values.is_some() {
            self.trace.broken_off = Some(self.last);
        }
        self.trace
    }
}

/// True for commands after which a shell traces no more, or not with our
/// prompt: who did what comes next is not known.
fn blinds(command: &str) -> bool {
    let turns_off = command.strip_prefix("set +").is_some_and(|flags| flags.contains('x') || flags.contains("trace"));
    turns_off || ["PS4", "xtrace", "promptsubst", "emulate", "BASH_XTRACEFD"].iter().any(|word| command.contains(word))
}

fn value_of(bytes: &[u8]) -> Option<String> {
    (bytes != [UNSET]).then(|| String::from_utf8_lossy(bytes).into_owned())
}

/// The first line; more of a command is of no use to anybody.
fn first_line(command: &[u8]) -> String {
    let text = String::from_utf8_lossy(command);
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A prompt as bash prints it, with one variable.
    fn prompt(level: usize, subshell: &str, place: [&str; 5], value: &str) -> String {
        let [file, files, line, functions, calls] = place;
        let level = "\u{1}".repeat(level);
        format!(
            "{level}m\u{2}{subshell}\u{2}{file}\u{2}{files}\u{2}{line}\u{2}{functions}\u{2}{calls}\u{2}{value}\u{3}"
        )
    }

    fn plain(file: &str, line: &str, value: &str) -> String {
        prompt(1, "0", [file, file, line, "", "0"], value)
    }

    /// Feeds the text in pieces of every size from 1.
    fn trace(text: &str) -> StartTrace {
        let read = |size: usize| {
            let mut records = Box::new(Records::new(Kind::Bash, "m", &["GOPATH".to_owned()]));
            text.as_bytes().chunks(size).for_each(|piece| records.take(piece));
            records.finish()
        };
        let whole = read(text.len().max(1));
        for size in 1..64 {
            assert_eq!(read(size), whole, "in pieces of {size}");
        }
        whole
    }

    #[test]
    fn a_change_belongs_to_the_command_before_it() {
        let text = [
            plain("/rc", "1", "\u{4}"),
            "echo\n".to_owned(),
            plain("/rc", "2", "\u{4}"),
            "export GOPATH=/go\nsecond line\n".to_owned(),
            prompt(1, "0", ["", "", "1", "", "0"], "/go"),
            ": m-login\n".to_owned(),
            plain("/rc2", "1", "/go"),
            "unset GOPATH\n".to_owned(),
            prompt(1, "0", ["", "", "1", "", "0"], "\u{4}"),
            ": m-end\n".to_owned(),
        ];
        let trace = trace(&text.concat());
        let told: Vec<_> = trace.changes.iter().map(|change| (change.context, change.value.as_deref())).collect();
        assert_eq!(told, [(Context::Login, Some("/go")), (Context::Interactive, None)]);
        assert_eq!(trace.changes[0].origin.command, "export GOPATH=/go");
        assert_eq!(trace.changes[0].origin.line, Some(2));
        assert_eq!(trace.last(Context::Login, "GOPATH"), Some("/go"));
        assert_eq!(trace.complete, [Context::Login, Context::Interactive]);
    }

    #[test]
    fn what_a_subshell_does_stays_there() {
        let text = [
            plain("/rc", "1", "/a"),
            "x=$(…)\n".to_owned(),
            prompt(2, "1", ["/rc", "/rc", "1", "", "0"], "/b"),
            "export GOPATH=/b\n".to_owned(),
            plain("/rc", "2", "/a"),
            "true\n".to_owned(),
        ];
        assert_eq!(trace(&text.concat()).changes, []);
    }

    #[test]
    fn what_an_eval_does_stands_on_the_line_of_the_eval() {
        let text = [
            plain("/rc", "1", "/a"),
            "eval 'two\nlines'\n".to_owned(),
            prompt(2, "0", ["/rc", "/rc", "9", "", "0"], "/a"),
            "GOPATH=/b\n".to_owned(),
            plain("/rc", "3", "/b"),
            "true\n".to_owned(),
        ];
        let trace = trace(&text.concat());
        assert_eq!(trace.changes.len(), 1);
        assert_eq!(trace.changes[0].origin.line, Some(1));
        assert_eq!(trace.broken_off.map(|origin| origin.command).as_deref(), Some("true"));
    }

    #[test]
    fn hostile_output_is_no_trace() {
        assert_eq!(trace("m\u{2}\u{1}m\u{2}\u{1}m\u{2}x\u{3}\u{3}m m m"), StartTrace::default());
        assert_eq!(trace(""), StartTrace::default());
        assert_eq!(trace("no mark at all\n"), StartTrace::default());
    }
}
