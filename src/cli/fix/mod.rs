//! `gomedic fix`: shows plans, asks, applies, proves.

mod consent;
mod examine;
mod record;
mod show;
mod target;
mod treat;

use std::process::ExitCode;

use clap::ValueEnum;

use super::ask::Terminal;
use super::check::Which;
use super::machine::HostChoice;
use super::voice::Voice;
use super::{Failure, Globals, Out, recovered};
use crate::checks::Check;
use crate::engine::SelectError;
use crate::fix::StateFolder;
use consent::Consent;
use examine::Examination;
use record::Outcome;
use treat::Treatment;

/// Apply fixes: show what each would do, ask, apply, and prove it by probing
/// again.
///
/// Without an ID it applies every fix of class `safe`. Every fix can be taken
/// back with `gomedic undo`, or says that it cannot before you agree to it.
#[derive(Debug, Clone, clap::Args)]
#[command(
    after_help = "Exit codes: 0 all that was asked for is resolved; 1 some finding is still there; 2 bad usage, or gomedic itself failed."
)]
pub(super) struct Args {
    /// Ids of checks whose findings are to be fixed.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Show what would be done and change nothing.
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Do not ask. Fixes of class `review` and `root` are then only applied
    /// where their ID is named.
    #[arg(long)]
    yes: bool,
    /// The form of the report.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
///
/// # Errors
/// When a name is unknown, the machine cannot be read, or the report cannot be
/// written.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    let checks = args.which.selection().checks()?;
    require_known(&args.ids, &checks)?;
    let choice = HostChoice::new(globals, None, args.which.network(), args.which.timeout);
    let consent = match args {
        _ if choice.is_recorded() => Consent::Recorded,
        Args { dry_run: true, .. } => Consent::DryRun,
        Args { yes: true, .. } => Consent::Given,
        _ => Consent::Asked,
    };
    let voice = match args.format {
        Format::Text => Voice::on_output(out),
        Format::Json => Voice::on_error(globals.color),
    };
    let state = StateFolder::of_user()
        .ok_or_else(|| Failure::Other("there is no home folder to keep a journal in".to_owned()))?;
    let mut ask = Terminal;
    if matches!(consent, Consent::Given | Consent::Asked) {
        recovered::offer(&state, &voice, &mut ask)?;
    }
    let examination = Examination { choice, checks, options: args.which.options() };
    let treatment = Treatment {
        examination: &examination,
        state: &state,
        voice: &voice,
        ask: &mut ask,
        consent,
        ids: &args.ids,
        records: Vec::new(),
    };
    let records = treatment.run()?;
    if args.format == Format::Json {
        out.write(&record::json(&records)?)?;
    }
    let all_resolved = records.iter().all(|record| record.outcome == Outcome::Resolved);
    Ok(ExitCode::from(u8::from(!all_resolved)))
}

/// Only what is looked for can be fixed.
fn require_known(ids: &[String], checks: &[&'static Check]) -> Result<(), Failure> {
    match ids.iter().find(|id| !checks.iter().any(|check| check.id == *id)) {
        None => Ok(()),
        Some(id) if crate::checks::find(id).is_some() => {
            Err(Failure::Other(format!("{id} is left out by --only or --skip")))
        }
        Some(id) => Err(SelectError::unknown(id).into()),
    }
}
