use std::process::ExitCode;
use std::time::Duration;

use clap::ValueEnum;

use super::check::seconds;
use super::machine::HostChoice;
use super::{Failure, Globals, Out};
use crate::host::live::Network;
use crate::model::Subject;
use crate::probes::{self, Probing};
use crate::render::{self, TextOptions};

/// Show where a variable or a command comes from, context by context.
///
/// NAME is a variable (GOPATH), a command (go), or one folder on PATH
/// (PATH:/usr/local/go/bin). The user's shell is started once with its own
/// tracing on: its start files really run. Values that look secret are hidden.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// A variable, a command, or PATH:FOLDER.
    #[arg(value_name = "NAME")]
    name: String,
    /// The form of the answer.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// How long to wait for the shell, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    timeout: Duration,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Runs the command. The exit code is 1 when no context has it.
///
/// # Errors
/// When the machine cannot be read or the answer not be written.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    let mut choice = HostChoice::new(globals, None, Network::Offline, args.timeout);
    if Subject::of(&args.name) == Subject::Variable {
        choice.watch(&args.name);
    }
    let trace = probes::trace(&Probing::new(choice.open()?), &args.name);
    match args.format {
        Format::Text => out.write(&render::trace(&trace, TextOptions { paint: out.paint, width: out.width() }))?,
        Format::Json => {
            let text =
                render::pretty(&render::trace_json(&trace)).map_err(|error| Failure::Other(error.to_string()))?;
            out.write(&format!("{text}\n"))?;
        }
    }
    Ok(if trace.is_nowhere() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
