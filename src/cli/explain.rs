use std::process::ExitCode;

use super::{Failure, Out};
use crate::checks;
use crate::engine::SelectError;
use crate::render;

/// Show what a check looks for, why it matters and what to do.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// The check's id, as in a report.
    #[arg(value_name = "ID")]
    id: String,
}

/// Runs the command.
///
/// # Errors
/// When there is no such check.
pub(super) fn run(args: &Args, out: Out) -> Result<ExitCode, Failure> {
    let check = checks::find(&args.id).ok_or_else(|| SelectError::unknown(&args.id))?;
    out.write(&render::page(check.page.text(), out.paint))?;
    Ok(ExitCode::SUCCESS)
}
