//! The `gomedic` program: parses, dispatches, exits.

use std::process::ExitCode;

fn main() -> ExitCode {
    gomedic::host::live::make_do();
    // gomedic starts itself a second time to watch over each program it runs.
    gomedic::host::live::supervise::entry().unwrap_or_else(gomedic::cli::main)
}
