//! The `gomedic` program: parses, dispatches, exits.

use std::process::ExitCode;

fn main() -> ExitCode {
    gomedic::cli::main()
}
