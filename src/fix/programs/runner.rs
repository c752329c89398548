use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::fix::io_text;

/// Runs programs for fixes, one at a time, to their ends.
pub trait Programs {
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

/// Runs programs out of sight: nothing to read from, and only the end of what
/// they say on standard error is told, when they fail.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutOfSight;

/// How many lines of standard error are told.
const TOLD_LINES: usize = 5;

impl Programs for OutOfSight {
    fn run(&self, argv: &[String], folder: &Path) -> Result<(), String> {
        let output = command(argv, folder)?
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .output()
            .map_err(|error| io_text(&error))?;
        judge(output.status).map_err(|why| {
            let said = String::from_utf8_lossy(&output.stderr);
            let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
            let told = &lines[lines.len().saturating_sub(TOLD_LINES)..];
            std::iter::once(why.as_str()).chain(told.iter().copied()).collect::<Vec<_>>().join("\n")
        })
    }
}

fn command(argv: &[String], folder: &Path) -> Result<Command, String> {
    let (program, arguments) = argv.split_first().ok_or("no program is named")?;
    if !Path::new(program).is_absolute() {
        return Err(format!("{program} is not an absolute path"));
    }
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    Ok(command)
}

fn judge(status: ExitStatus) -> Result<(), String> {
    if status.success() {
        return Ok(());
    }
    Err(match status.code() {
        Some(code) => format!("it ended with exit code {code}"),
        None => "it was killed by a signal".to_owned(),
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(argv: &[&str]) -> Result<(), String> {
        let argv: Vec<String> = argv.iter().map(|word| (*word).to_owned()).collect();
        OutOfSight.run(&argv, Path::new("/"))
    }

    #[test]
    fn a_failure_is_told_with_what_was_said() {
        assert_eq!(run(&["/bin/sh", "-c", "exit 0"]), Ok(()));
        assert_eq!(
            run(&["/bin/sh", "-c", "echo a; echo b >&2; echo >&2; exit 3"]),
            Err("it ended with exit code 3\nb".to_owned())
        );
        assert_eq!(run(&["/bin/sh", "-c", "kill -9 $$"]), Err("it was killed by a signal".to_owned()));
    }

    #[test]
    fn only_absolute_paths_are_run() {
        assert_eq!(run(&["sh"]), Err("sh is not an absolute path".to_owned()));
        assert_eq!(run(&[]), Err("no program is named".to_owned()));
        assert!(run(&["/nonexistent/x"]).is_err());
    }
}
