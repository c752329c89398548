use std::time::Duration;

use super::kind::Kind;
use crate::host::Environment;
use crate::host::live::command::seconds;
use crate::host::live::process::{Ended, Ending};
use crate::host::live::{decode, environ};
use crate::model::text::shorten;
use crate::model::{Missing, Reason};

/// Which of the two environments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Login,
    Interactive,
}

/// Reads the two environments out of what a shell printed.
pub(super) struct Verdict<'a> {
    /// The shell's name.
    pub(super) shell: &'a str,
    pub(super) kind: Kind,
    pub(super) ended: &'a Ended,
    pub(super) deadline: Duration,
}

impl Verdict<'_> {
    /// The environment between two marks, or why it is not there.
    pub(super) fn judge(&self, half: Half, marks: &(String, String)) -> Result<Environment, Missing> {
        let printed = between(&self.ended.stdout.bytes, marks).map(environ::of_block);
        // An empty one was not printed at all, or `env` could not start.
        let mut environment =
            printed.filter(|environment| environment.iter().next().is_some()).ok_or_else(|| self.why(half))?;
        // The shell's note of the program that printed it.
        environment.remove("_");
        Ok(environment)
    }

    fn why(&self, half: Half) -> Missing {
        let shell = self.shell;
        let (called, files) = match half {
            Half::Login => (format!("{shell} as a login shell"), self.kind.login_files()),
            Half::Interactive => (format!("{shell} in a new terminal"), self.kind.interactive_files()),
        };
        match self.ended.ending {
            Ending::TimedOut if self.ended.stdout.total > super::OUTPUT_LIMIT as u64 => {
                Missing::new(Reason::TimedOut, format!("{called} prints without end; look in {files}"))
            }
            Ending::TimedOut => Missing::new(
                Reason::TimedOut,
                format!(
                    "{called} was not ready within {}: something in {files} takes too long or waits",
                    seconds(self.deadline)
                ),
            ),
            Ending::Exit(_) | Ending::Signal => {
                Missing::failed(format!("{called} ended before it answered; look in {files}{}", self.last_words()))
            }
        }
    }

    /// The last line of standard error, which often tells.
    fn last_words(&self) -> String {
        let text = decode::text(&self.ended.stderr.bytes);
        let last = text.lines().rev().map(str::trim).find(|line| !line.is_empty() && !is_about_the_terminal(line));
        last.map_or_else(String::new, |line| format!(" (it said: {})", shorten(line, 160)))
    }
}

/// What shells say because they have no terminal here.
fn is_about_the_terminal(line: &str) -> bool {
    ["terminal process group", "no job control", "can't access tty"].iter().any(|text| line.contains(text))
}

fn between<'a>(output: &'a [u8], (begin, end): &(String, String)) -> Option<&'a [u8]> {
    let from = find(output, begin.as_bytes())? + begin.len();
    let length = find(&output[from..], end.as_bytes())?;
    Some(&output[from..from + length])
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_counts() {
        let marks = ("<a>".to_owned(), "</a>".to_owned());
        assert_eq!(between(b"noise<a>PATH=/bin\0</a>more", &marks), Some(&b"PATH=/bin\0"[..]));
        assert_eq!(between(b"noise<a>PATH=/b", &marks), None);
        assert_eq!(between(b"", &marks), None);
    }
}
