use std::process::ExitCode;

use clap_complete::Shell;

use super::{Failure, Out, public};

/// Print the completion script for a shell.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn run(args: &Args, out: Out) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut public::command(), "gomedic", &mut script);
    out.write(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
