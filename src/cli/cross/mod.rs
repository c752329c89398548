mod scratch;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::ValueEnum;

use super::check::seconds;
use super::machine::HostChoice;
use super::{Failure, Globals, Out};
use crate::cross::{self, Workshop};
use crate::host::live::Network;
use crate::model::{Matrix, Target};
use crate::probes::Probing;
use crate::render::{self, TextOptions};
use scratch::Scratch;

/// Show which GOOS, GOARCH and CGO_ENABLED combinations build here, and what
/// each lacks.
///
/// The targets that the project's own build files name come first. Nothing is
/// built: the answer is read from the project's files, the module cache, the
/// Go in use and the C compilers on PATH. With --try each cell is really built,
/// in a temporary folder with a build cache of its own, and compared.
///
/// Exit codes: 0, or with --try 1 when a build ended otherwise than foretold;
/// 2 bad usage, or gomedic itself failed.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// The folder of the project to look at.
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The form of the answer.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Only these targets (repeatable, comma lists).
    #[arg(long, value_name = "OS/ARCH,…", value_delimiter = ',', value_parser = target)]
    target: Vec<Target>,
    /// Really build each cell and compare. Nothing is downloaded.
    #[arg(long = "try")]
    attempt: bool,
    /// Keep the build cache of --try in this folder, for the next time.
    #[arg(long, value_name = "FOLDER", requires = "attempt")]
    cache: Option<PathBuf>,
    /// How long one build may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds, requires = "attempt")]
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

fn target(text: &str) -> Result<Target, String> {
    Target::parse(text).ok_or_else(|| format!("'{text}' is not GOOS/GOARCH, such as linux/arm64"))
}

/// How long a question to a shell or a compiler may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs the command.
///
/// # Errors
/// When there is no project here, a target is unknown, or the answer cannot be
/// written.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    let choice = HostChoice::new(globals, args.dir.clone(), Network::Offline, PATIENCE);
    if args.attempt && choice.is_recorded() {
        return Err(Failure::Other("a recorded machine builds nothing: --try needs the live one".to_owned()));
    }
    let probing = Probing::new(choice.open()?);
    let mut matrix = cross::matrix(&probing, &args.target).map_err(|missing| Failure::Other(missing.detail))?;
    if args.attempt {
        attempt(args, &probing, &mut matrix)?;
    }
    match args.format {
        Format::Text => out.write(&render::cross(&matrix, TextOptions { paint: out.paint, width: out.width() }))?,
        Format::Json => {
            let text =
                render::pretty(&render::cross_json(&matrix)).map_err(|error| Failure::Other(error.to_string()))?;
            out.write(&format!("{text}\n"))?;
        }
    }
    Ok(ExitCode::from(u8::from(matrix.cells.iter().any(|cell| cell.is_refuted()))))
}

fn attempt(args: &Args, probing: &Probing, matrix: &mut Matrix) -> Result<(), Failure> {
    let scratch = Scratch::new()?;
    let cache = args.cache.clone().unwrap_or_else(|| scratch.path().join("cache"));
    let workshop =
        Workshop { folder: scratch.path().to_owned(), cache: std::path::absolute(cache)?, deadline: args.timeout };
    let count = matrix.cells.len();
    let mut progress = super::progress::Line::new();
    for (at, cell) in matrix.cells.iter_mut().enumerate() {
        let Some(target) = matrix.targets.iter().find(|named| named.target == cell.target) else { continue };
        scratch.pass();
        progress.show(&format!("building {}/{count}: {}", at + 1, cell.command()));
        cell.tried = Some(cross::attempt(probing, cell, target, &workshop));
    }
    Ok(())
}
