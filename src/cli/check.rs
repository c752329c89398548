use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::ValueEnum;

use super::machine::HostChoice;
use super::{Failure, Globals, Out, progress, timings};
use crate::engine::{self, Options, Selection};
use crate::host::live::{Network, WINDOWS_PATIENCE};
use crate::model::{Report, Severity};
use crate::render::{self, TextOptions};

/// Run the checks and print one report.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// The folder of the project to look at.
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The form of the report.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    which: Which,
    /// Exit with 1 when there is a finding of this severity or worse.
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
    /// Also print which probe and which program took how long.
    #[arg(long)]
    timings: bool,
}

/// Which checks to run and how long to wait: shared by all commands that run
/// checks.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Which {
    /// Only these checks or layers (repeatable, comma lists).
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Not these checks or layers (repeatable, comma lists).
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub skip: Vec<String>,
    /// Send nothing over the network.
    #[arg(long)]
    pub offline: bool,
    /// How long to wait for any one thing, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    pub timeout: Duration,
}

/// A deadline from 0.1 s to an hour.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("'{text}' is not a number of seconds"))?;
    if (0.1..=3600.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("it must lie between 0.1 and 3600 seconds".to_owned())
    }
}

impl Which {
    /// All checks, with the usual deadline.
    #[must_use]
    pub(super) fn all() -> Self {
        Which { only: Vec::new(), skip: Vec::new(), offline: false, timeout: Duration::from_secs(5) }
    }

    /// Which checks.
    #[must_use]
    pub(super) fn selection(&self) -> Selection {
        Selection { only: self.only.clone(), skip: self.skip.clone() }
    }

    /// Whether the network is used.
    #[must_use]
    pub(super) fn network(&self) -> Network {
        if self.offline { Network::Offline } else { Network::Online }
    }

    /// The run's deadline: that of a single thing, and time for what comes
    /// behind it.
    #[must_use]
    pub(super) fn options(&self) -> Options {
        let behind = Duration::from_millis(1500);
        Options { deadline: self.timeout + behind, on_wsl: self.timeout * WINDOWS_PATIENCE + behind }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    fn threshold(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

impl Args {
    /// The arguments of a plain `gomedic check DIR`.
    #[must_use]
    pub(super) fn of_folder(dir: Option<PathBuf>) -> Self {
        Args { dir, format: Format::Text, which: Which::all(), fail_on: FailOn::Error, timings: false }
    }
}

/// Runs the command.
///
/// # Errors
/// When a name is unknown, the machine cannot be read or the report cannot be
/// written.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    let checks = args.which.selection().checks()?;
    let choice = HostChoice::new(globals, args.dir.clone(), args.which.network(), args.which.timeout);
    let host = choice.open()?;

    let fold = progress::follow(engine::start(host, checks, args.which.options()));
    let report = fold.report();

    out.write(&rendered(args.format, &report, out)?)?;
    if args.timings {
        out.write(&timings::table(&fold))?;
    }
    let fails =
        args.fail_on.threshold().is_some_and(|threshold| report.worst().is_some_and(|worst| worst >= threshold));
    Ok(ExitCode::from(u8::from(fails)))
}

fn rendered(format: Format, report: &Report, out: Out) -> Result<String, Failure> {
    match format {
        Format::Text => Ok(render::text(report, TextOptions { paint: out.paint, width: out.width() })),
        Format::Markdown => Ok(render::markdown(report)),
        Format::Json => render::json(report).map_err(|error| Failure::Other(error.to_string())),
    }
}
