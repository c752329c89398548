//! A start of the user's shell with its own tracing on: which command of
//! which file changed which variable.
//!
//! bash, zsh and sh print a prompt before each command that they trace; ours
//! holds the place and the values, so that the difference between two of them
//! is what the command between them did. fish prints its commands only.

mod fish;
mod launch;
mod origin;
mod prompt;
mod records;
mod watched;

use self::launch::Launch;
use super::kind::Kind;
use crate::host::live::command::{Runner, seconds};
use crate::host::live::context;
use crate::host::live::process::{Capture, Ending, Sink};
use crate::host::{Environment, Machine, StartTrace};
use crate::model::{Missing, Reason};

/// How many changes are kept. A loop that sets PATH a thousand times is no
/// line that anybody looks for.
const CHANGE_LIMIT: usize = 2_000;

/// Traces one start. `further` are variables to watch besides those that the
/// checks speak of.
pub(in crate::host::live) fn trace(
    machine: &Machine,
    session: &Environment,
    runner: &Runner,
    further: &[String],
) -> Result<StartTrace, Missing> {
    let path = machine.user.shell.as_deref().ok_or_else(|| Missing::absent("the user has no login shell"))?;
    let kind = Kind::of(path)
        .ok_or_else(|| Missing::failed(format!("{} is not a shell that gomedic can trace", path.display())))?;
    let shell = path.to_str().ok_or_else(|| Missing::failed(format!("{}: its name is not UTF-8", path.display())))?;
    let launch = Launch::new(kind, shell, machine, watched::names(further));
    let program = launch.program(context::base(machine, session));
    let name = machine.shell_name().unwrap_or(shell);

    let mut reader = launch.reader();
    let ending = runner.run_into(&program, &format!("{name} (traced)"), &mut Capture::new(0), &mut reader)?;
    let mut trace = reader.finish();
    match ending {
        Ending::TimedOut if trace.complete.is_empty() => Err(Missing::new(
            Reason::TimedOut,
            format!("{name} was not ready within {} while it was traced", seconds(runner.deadline_of(&program))),
        )),
        Ending::TimedOut => {
            trace.deadline = Some(runner.deadline_of(&program));
            Ok(trace)
        }
        Ending::Exit(_) | Ending::Signal => Ok(trace),
    }
}

/// What makes a trace of a shell's output.
pub(super) trait Reader: Sink {
    /// The trace of all that was read.
    fn finish(self: Box<Self>) -> StartTrace;
}

impl Sink for Box<dyn Reader> {
    fn take(&mut self, bytes: &[u8]) {
        (**self).take(bytes);
    }
}
