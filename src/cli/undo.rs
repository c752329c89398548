use std::process::ExitCode;

use jiff::Timestamp;

use super::ask::{Ask, Terminal};
use super::check::Which;
use super::machine::HostChoice;
use super::voice::{Voice, with_tilde};
use super::{Failure, Globals, Out};
use crate::fix::{self, Change, Entry, EntryId, OnTerminal, Phase, Rights, StateFolder, UndoError};
use crate::host::Machine;
use crate::render::Style;

/// Take back a fix, byte for byte.
///
/// It refuses, and shows what is in the way, when a file has been changed
/// since. Fixes that ran programs are asked about first.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Exit codes: 0 it was taken back; 1 it was not; 2 bad usage, or gomedic itself failed.")]
pub(super) struct Args {
    /// The journal entry, as `gomedic history` lists it; without it, the newest
    /// that is not undone.
    #[arg(value_name = "ENTRY")]
    entry: Option<EntryId>,
    /// Show what would be taken back and change nothing.
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is no such entry or the journal cannot be used.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    if globals.machine.is_some() {
        return Err(Failure::Other("a recorded machine has no journal: nothing was applied to it".to_owned()));
    }
    let voice = Voice::on_output(out);
    let state = StateFolder::of_user()
        .ok_or_else(|| Failure::Other("there is no home folder with a journal in it".to_owned()))?;
    let failed = |error: fix::JournalError| Failure::Other(error.to_string());
    let entry = match args.entry {
        Some(id) => state.entry(id).map_err(failed)?,
        None => match newest(&state).map_err(failed)? {
            Some(entry) => entry,
            None => {
                voice.say("There is nothing to undo.")?;
                return Ok(ExitCode::FAILURE);
            }
        },
    };
    let which = Which::all();
    let host = HostChoice::new(globals, None, which.network(), which.timeout).open()?;
    voice.say(&format!(
        "{}  {}",
        voice.paint(Style::Strong, &entry.about.title),
        voice.paint(Style::Dim, &format!("({}, {})", entry.about.check, entry.id))
    ))?;
    if entry.phase != Phase::Undone {
        show(&state, &entry, host.machine(), &voice).map_err(failed)??;
    }
    if args.dry_run || !agreed(&entry, args) {
        return Ok(ExitCode::FAILURE);
    }
    match fix::undo(&state, entry.id, &OnTerminal, Timestamp::now()) {
        Ok(undone) => {
            for folder in undone.kept {
                let name = host.machine().tilde(&folder);
                voice.note(Style::Dim, &format!("{name} stays: others have put things into it."))?;
            }
            voice.say(&format!("{} undone", voice.paint(Style::Good, "✔")))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            refused(&error, host.machine(), &voice)?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// The newest entry that is not undone.
fn newest(state: &StateFolder) -> Result<Option<Entry>, fix::JournalError> {
    Ok(state.history()?.entries.into_iter().find(|entry| entry.phase != Phase::Undone))
}

/// Shows what taking it back changes and runs.
fn show(
    state: &StateFolder,
    entry: &Entry,
    machine: &Machine,
    voice: &Voice,
) -> Result<Result<(), Failure>, fix::JournalError> {
    let changes = fix::changes_of_undo(state, entry.id)?;
    let diff: String = changes.iter().map(|change| fix::diff::of(change, machine)).collect();
    let sudo: Vec<String> = changes.iter().flat_map(Change::through_sudo).collect();
    let said = (|| {
        if !diff.is_empty() {
            voice.diff(&diff)?;
        }
        voice.through_sudo(&sudo)?;
        for line in entry.takebacks() {
            voice.note(Style::Command, &format!("$ {line}"))?;
        }
        for file in entry.restored() {
            voice.note(Style::Dim, &format!("{} is put back as it was.", machine.tilde(file)))?;
        }
        Ok(())
    })();
    Ok(said)
}

/// Files are as they were with one more command; programs, and what goes
/// through sudo, are asked about.
fn agreed(entry: &Entry, args: &Args) -> bool {
    args.yes
        || (entry.takebacks().is_empty() && entry.rights() == Rights::Own)
        || matches!(Terminal.ask("Run these? [y]es, [N]o:").as_deref(), Some("y" | "yes"))
}

fn refused(error: &UndoError, machine: &Machine, voice: &Voice) -> Result<(), Failure> {
    voice.note(Style::Error, &with_tilde(machine, &error.to_string()))?;
    if let UndoError::Changed(changed) = error {
        voice.diff(&changed.diff(machine))?;
        if let Some(later) = changed.later {
            voice.note(Style::Dim, &format!("A later fix has changed it; first: gomedic undo {later}"))?;
        }
    }
    Ok(())
}
