//! The command line: one file per command.

mod ask;
mod check;
mod completions;
mod cross;
mod dashboard;
mod dev;
mod explain;
mod fix;
mod globals;
mod history;
mod inspect;
mod list;
mod machine;
mod man;
mod out;
mod progress;
mod public;
mod recovered;
mod timings;
mod undo;
mod voice;
mod why;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use globals::{Colour, Globals};
pub use list::table as check_table;
pub use out::Out;

/// A terminal doctor for Go workstations.
///
/// Finds what is wrong from the kernel and the shell through the toolchain, the
/// network and the editor to the project in the folder; shows
/// why, and where it came from; fixes it with one key, proves that the fix
/// worked, and takes it back.
///
/// Without a command it opens the dashboard for the project in DIR. Without a
/// terminal it does as `gomedic check`.
#[derive(Debug, Parser)]
#[command(name = "gomedic", version, subcommand_precedence_over_arg = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it; 2 bad usage, or gomedic itself failed."
)]
pub struct Cli {
    /// The folder of the project to look at.
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Fix(fix::Args),
    Undo(undo::Args),
    History(history::Args),
    Explain(explain::Args),
    List(list::Args),
    Why(why::Args),
    Inspect(inspect::Args),
    Cross(cross::Args),
    Completions(completions::Args),
    Man(man::Args),
    #[command(hide = true)]
    Dev(dev::Args),
}

/// Why a command ended early. Printed as one line, with exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A name that is neither a check nor a layer.
    #[error(transparent)]
    Select(#[from] crate::engine::SelectError),
    /// A machine file that cannot be used.
    #[error(transparent)]
    Recorded(#[from] crate::host::recorded::RecordedError),
    /// Standard output cannot be written.
    #[error("cannot write: {0}")]
    Write(#[from] std::io::Error),
    /// Something else, in words.
    #[error("{0}")]
    Other(String),
}

/// Parses the command line, runs the command and gives its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let out = Out::stdout(cli.globals.color);
    match run(cli, out) {
        Ok(code) => code,
        // A reader that has seen enough, such as `head`, is no failure.
        Err(Failure::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            out::complain(&failure);
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli, out: Out) -> Result<ExitCode, Failure> {
    let globals = cli.globals;
    match cli.command {
        Some(Command::Check(args)) => check::run(&args, &globals, out),
        Some(Command::Fix(args)) => fix::run(&args, &globals, out),
        Some(Command::Undo(args)) => undo::run(&args, &globals, out),
        Some(Command::History(args)) => history::run(&args, &globals, out),
        Some(Command::Explain(args)) => explain::run(&args, out),
        Some(Command::List(args)) => list::run(&args, out),
        Some(Command::Why(args)) => why::run(&args, &globals, out),
        Some(Command::Inspect(args)) => inspect::run(&args, &globals, out),
        Some(Command::Cross(args)) => cross::run(&args, &globals, out),
        Some(Command::Completions(args)) => completions::run(&args, out),
        Some(Command::Man(args)) => man::run(&args, out),
        Some(Command::Dev(args)) => dev::run(&args, out),
        None if is_terminal() => dashboard::run(cli.dir, &globals),
        None => check::run(&check::Args::of_folder(cli.dir), &globals, out),
    }
}

/// True when somebody sits before both the keyboard and the screen.
fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}
