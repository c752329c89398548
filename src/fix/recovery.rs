//! What a crash, a kill or a power cut has left, and the two ways on from it.

use jiff::Timestamp;

use super::carry::clear;
use super::journal::{Damaged, Entry, EntryId, JournalError, LockError, Phase, Progress, StateFolder};
use super::stage::temporary;
use super::work::{StepError, Work, is_left};
use super::{Act, Programs, Standing};

/// What was found at a start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Entries that turned out to be clear, with what they are now: applied,
    /// undone, or (as intended) dropped because nothing of them was done.
    pub settled: Vec<Entry>,
    /// Entries that need a decision: [`finish`] or [`undo`](super::undo()).
    pub interrupted: Vec<Interrupted>,
    /// Entries that cannot be read.
    pub damaged: Vec<Damaged>,
}

/// An entry of which a part is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interrupted {
    /// The entry.
    pub entry: Entry,
    /// Its acts in order, with how far each has come.
    pub parts: Vec<Part>,
}

/// One act of an interrupted entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The file, or the command line.
    pub what: String,
    /// How far it has come.
    pub stage: Stage,
}

/// How far an act of an interrupted entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It was done.
    Done,
    /// It was not done.
    NotDone,
    /// Somebody has changed the file since.
    ChangedSince,
    /// A program was started, and whether it ended is not known; or the file
    /// cannot be read.
    Unknown,
}

impl Stage {
    /// The stage in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Stage::Done => "done",
            Stage::NotDone => "not done",
            Stage::ChangedSince => "changed since",
            Stage::Unknown => "not known",
        }
    }
}

/// Looks for what interrupted gomedics have left, settles what is clear and
/// tells the rest. While another gomedic is at work there is nothing to tell.
///
/// # Errors
/// When the journal cannot be read or written.
pub fn recover(state: &StateFolder, now: Timestamp) -> Result<Recovery, JournalError> {
    let history = state.history()?;
    let mut recovery = Recovery { damaged: history.damaged, ..Recovery::default() };
    if !history.entries.iter().any(Entry::is_interrupted) && !state.has_leftovers() {
        return Ok(recovery);
    }
    let _lock = match state.lock("looking for interrupted fixes", now) {
        Ok(lock) => lock,
        Err(LockError::Busy(_)) => return Ok(recovery),
        Err(LockError::Journal(error)) => return Err(error),
    };
    state.sweep();
    // Only now it is certain that nobody is at work on them.
    for entry in state.history()?.entries.into_iter().filter(Entry::is_interrupted) {
        match state.acts(&entry) {
            Ok(acts) => settle(state, entry, &acts, &mut recovery)?,
            Err(error) => recovery.damaged.push(Damaged { id: entry.id, why: error.to_string() }),
        }
    }
    Ok(recovery)
}

fn settle(state: &StateFolder, mut entry: Entry, acts: &[Act], recovery: &mut Recovery) -> Result<(), JournalError> {
    let mut leftover = false;
    for (at, act) in acts.iter().enumerate() {
        for target in act.targets() {
            let temporary = temporary(target, entry.id, at);
            clear(state.disk(), &temporary);
            leftover |= is_left(state, act, &temporary);
        }
    }
    let parts: Vec<Part> =
        acts.iter().zip(&entry.acts).map(|(act, recorded)| part(state, act, recorded.progress)).collect();
    let all = |stage| parts.iter().all(|part| part.stage == stage);
    if leftover {
        // Removing it takes sudo, and nobody has agreed to that yet.
        recovery.interrupted.push(Interrupted { entry, parts });
        return Ok(());
    }
    if all(Stage::Done) {
        entry.phase = Phase::Applied;
        state.save(&entry)?;
    } else if all(Stage::NotDone) && entry.phase == Phase::Intended {
        state.forget(entry.id)?;
    } else if all(Stage::NotDone) {
        entry.phase = Phase::Undone;
        state.save(&entry)?;
        state.drop_contents(entry.id);
    } else {
        recovery.interrupted.push(Interrupted { entry, parts });
        return Ok(());
    }
    recovery.settled.push(entry);
    Ok(())
}

fn part(state: &StateFolder, act: &Act, progress: Progress) -> Part {
    match act {
        Act::Run(run) => Part {
            what: run.line(),
            stage: match progress {
                Progress::Planned => Stage::NotDone,
                Progress::Started => Stage::Unknown,
                Progress::Done => Stage::Done,
            },
        },
        Act::Change(change) => Part {
            what: change.target.display().to_string(),
            stage: match change.standing(state.disk()) {
                Ok(Standing::Before) => Stage::NotDone,
                Ok(Standing::After) => Stage::Done,
                Ok(Standing::Other(_)) => Stage::ChangedSince,
                Err(_) => Stage::Unknown,
            },
        },
    }
}

/// Why an interrupted entry was not finished.
#[derive(Debug, thiserror::Error)]
pub enum FinishError {
    /// Another gomedic is at work, or the state folder cannot be used.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// It was not interrupted.
    #[error("{0} was not interrupted")]
    NotInterrupted(EntryId),
    /// A step failed.
    #[error(transparent)]
    Step(#[from] StepError),
}

/// Does the rest of an interrupted entry.
///
/// # Errors
/// Why it is still interrupted.
pub fn finish(state: &StateFolder, id: EntryId, programs: &dyn Programs, now: Timestamp) -> Result<Entry, FinishError> {
    let _lock = state.lock("finishing a fix", now)?;
    let entry = state.entry(id)?;
    if !entry.is_interrupted() {
        return Err(FinishError::NotInterrupted(id));
    }
    let acts = state.acts(&entry)?;
    let mut work = Work::new(state, entry, &acts, programs);
    work.clear_left().map_err(StepError::from)?;
    work.forward().map_err(|stopped| stopped.why)?;
    Ok(work.entry)
}

/// Leaves everything as it is and drops an interrupted entry from the journal:
/// it can be neither finished nor undone any more.
///
/// # Errors
/// When it is still in the journal.
pub fn leave(state: &StateFolder, id: EntryId, now: Timestamp) -> Result<(), FinishError> {
    let _lock = state.lock("dropping an interrupted fix", now)?;
    if !state.entry(id)?.is_interrupted() {
        return Err(FinishError::NotInterrupted(id));
    }
    Ok(state.forget(id)?)
}
