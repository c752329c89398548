//! Asking the Windows host around WSL.

use jiff::Timestamp;

use super::WindowsHost;
use super::command::Runner;
use super::decode;
use super::process::{Capture, Ending, Sink};
use crate::host::{Program, WindowsAnswer, WindowsEnd};
use crate::model::{Missing, Reason};

/// How much of each output is kept; the answer has a few kilobytes.
const LIMIT: usize = 256 * 1024;

/// How many times as long as other programs Windows may take: it starts a
/// whole PowerShell, through a relay.
pub const WINDOWS_PATIENCE: u32 = 2;

/// The name that its time is noted under.
const NAME: &str = "powershell";

/// Runs a program of Windows as any other: without standard input, with pipes,
/// in a process group of its own, which is killed at the deadline.
pub(super) fn ask(whether: WindowsHost, runner: &Runner, question: &Program) -> Result<WindowsAnswer, Missing> {
    if whether == WindowsHost::NotAsked {
        return Err(Missing::new(Reason::NotAsked, "Windows is not asked (--no-host)"));
    }
    let deadline = runner.deadline_of(question) * WINDOWS_PATIENCE;
    let question = Program { deadline: Some(deadline), ..question.clone() };
    let (mut stdout, mut stderr) = (Stamped::new(), Capture::new(LIMIT));
    let asked = Timestamp::now();
    let ending = runner.run_into(&question, NAME, &mut stdout, &mut stderr)?;
    Ok(WindowsAnswer {
        stdout: decode::text(&stdout.said.bytes),
        stderr: decode::text(&stderr.bytes),
        end: match ending {
            Ending::Exit(code) => WindowsEnd::Exit(Some(code)),
            Ending::Signal => WindowsEnd::Exit(None),
            Ending::TimedOut => WindowsEnd::TimedOut,
        },
        asked,
        first_said: stdout.first,
    })
}

/// An output with the time at which it began.
struct Stamped {
    said: Capture,
    first: Option<Timestamp>,
}

impl Stamped {
    fn new() -> Self {
        Stamped { said: Capture::new(LIMIT), first: None }
    }
}

impl Sink for Stamped {
    fn take(&mut self, bytes: &[u8]) {
        self.first.get_or_insert_with(Timestamp::now);
        self.said.take(bytes);
    }
}
