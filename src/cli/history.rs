use std::fmt::Write;
use std::process::ExitCode;

use jiff::tz::TimeZone;

use super::mend::NO_STATE;
use super::{Failure, Out};
use crate::fix::{Entry, Phase, StateFolder};
use crate::render::Style;

/// List the fixes that were applied, newest first.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {}

/// Runs the command.
///
/// # Errors
/// When the journal cannot be read.
pub(super) fn run(_args: &Args, out: Out) -> Result<ExitCode, Failure> {
    let state = StateFolder::of_user().ok_or_else(|| Failure::Other(NO_STATE.to_owned()))?;
    let history = state.history().map_err(|error| Failure::Other(error.to_string()))?;
    let mut text = String::new();
    for entry in &history.entries {
        let when = entry.about.when.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M");
        let (style, became) = state_of(entry);
        let _ = writeln!(
            text,
            "{}  {when}  {}  {}  {}",
            out.paint.apply(Style::Strong, &entry.id.to_string()),
            out.paint.apply(style, &format!("{became:<11}")),
            out.paint.apply(Style::Dim, &entry.about.check),
            out.paint.apply(Style::Strong, &entry.about.title),
        );
    }
    for damaged in &history.damaged {
        let line = format!("{}  cannot be read: {}", damaged.id, damaged.why);
        let _ = writeln!(text, "{}", out.paint.apply(Style::Warning, &line));
    }
    if text.is_empty() {
        text.push_str("No fix was applied yet.\n");
    }
    out.write(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn state_of(entry: &Entry) -> (Style, &'static str) {
    match entry.phase {
        Phase::Applied => (Style::Good, "applied"),
        Phase::Undone => (Style::Dim, "undone"),
        Phase::Intended | Phase::Undoing => (Style::Error, "interrupted"),
    }
}
