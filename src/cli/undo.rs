use std::process::ExitCode;

use jiff::Timestamp;

use super::machine::HostChoice;
use super::mend::NO_STATE;
use super::{Failure, Globals, Out, ask};
use crate::cli::check::Which;
use crate::fix::{self, Entry, EntryId, OnTerminal, Phase, StateFolder, UndoError};
use crate::render::{self, Style};

/// Take back the newest fix, or the named one.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// The journal entry, as `gomedic history` lists it.
    #[arg(value_name = "ENTRY")]
    entry: Option<EntryId>,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is nothing to undo, the journal cannot be read, or the file has
/// changed since.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    if globals.machine.is_some() {
        return Err(Failure::Other("a recorded machine has no journal".to_owned()));
    }
    let state = StateFolder::of_user().ok_or_else(|| Failure::Other(NO_STATE.to_owned()))?;
    let entry = match args.entry {
        Some(id) => state.entry(id).map_err(|error| Failure::Other(error.to_string()))?,
        None => newest(&state)?,
    };
    let which = Which::all();
    let host = HostChoice::new(globals, None, which.network(), which.timeout).open()?;
    let changes = fix::changes_of_undo(&state, entry.id).map_err(|error| Failure::Other(error.to_string()))?;
    let mut plan =
        format!("Take back: {}  {}\n", entry.about.title, out.paint.apply(Style::Dim, &entry.id.to_string()));
    for change in &changes {
        plan.push_str(&render::coloured(&fix::diff::of(change, host.machine()), out.paint));
    }
    for command in entry.takebacks() {
        plan.push_str(&format!("    {}\n", out.paint.apply(Style::Command, &command)));
    }
    out.write(&plan)?;
    if !args.yes {
        match ask::yes("Undo?") {
            Some(true) => {}
            Some(false) => return Ok(ExitCode::from(1)),
            None => return Err(Failure::Other("there is no terminal to ask on; --yes agrees".to_owned())),
        }
    }
    match fix::undo(&state, entry.id, &OnTerminal, Timestamp::now()) {
        Ok(undone) => {
            out.write(&out.paint.apply(Style::Good, "✔ undone"))?;
            for kept in undone.kept {
                out.write(&format!("kept, because others have put things into it: {}", kept.display()))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(UndoError::Changed(changed)) => {
            let diff = changed.diff(host.machine());
            out.write(&render::coloured(&diff, out.paint))?;
            Err(Failure::Other(UndoError::Changed(changed).to_string()))
        }
        Err(error) => Err(Failure::Other(error.to_string())),
    }
}

/// The newest entry that is in force.
fn newest(state: &StateFolder) -> Result<Entry, Failure> {
    let history = state.history().map_err(|error| Failure::Other(error.to_string()))?;
    history
        .entries
        .into_iter()
        .find(|entry| entry.phase != Phase::Undone)
        .ok_or_else(|| Failure::Other("there is nothing to undo".to_owned()))
}
