use std::fmt::Debug;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::fix::io_text;

/// Runs programs for fixes, one at a time, to their ends.
pub trait Programs: Debug {
    /// Runs `argv`, an absolute path with arguments, in `folder`.
    ///
    /// # Errors
    /// Why it did not end well, in a line or a few for people.
    fn run(&self, argv: &[String], folder: &Path) -> Result<(), String>;
}

/// Runs programs on the terminal that gomedic runs on, so that they can show
/// their progress and ask for a password. What they say on standard output
/// goes to standard error: standard output belongs to gomedic's own report.
#[derive(Debug, Clone, Copy, Default)]
pub struct OnTerminal;

impl Programs for OnTerminal {
    fn run(&self, argv: &[String], folder: &Path) -> Result<(), String> {
        let status =
            command(argv, folder)?.stdout(Stdio::from(io::stderr())).status().map_err(|error| io_text(&error))?;
        judge(status)
    }
}

pub(super) fn command(argv: &[String], folder: &Path) -> Result<Command, String> {
    let (program, arguments) = argv.split_first().ok_or("no program is named")?;
    if !Path::new(program).is_absolute() {
        return Err(format!("{program} is not an absolute path"));
    }
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    Ok(command)
}

pub(super) fn judge(status: ExitStatus) -> Result<(), String> {
    if status.success() {
        return Ok(());
    }
    Err(match status.code() {
        Some(code) => format!("it ended with exit code {code}"),
        None => "it was killed by a signal".to_owned(),
    })
}
