//! The fix that makes room on a full disk must not need room itself.

use std::io;

use super::journal::{About, Entry, JournalError, LockError, Phase, Progress, StateFolder};
use super::work::StepError;
use super::{Act, Applied, ApplyError, Command, Programs, Takeback};

/// True when an attempt has done nothing because the disk is full.
pub(super) fn failed_for_room(error: &ApplyError) -> bool {
    let error = match error {
        ApplyError::Lock(LockError::Journal(error))
        | ApplyError::Journal(error)
        | ApplyError::TakenBack { why: StepError::Journal(error) } => error,
        _ => return false,
    };
    let JournalError::Io { source, .. } = error else { return false };
    matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// The program, where a plan is that alone and cannot be taken back: its entry
/// in the journal would bring back nothing.
pub(super) fn lone_program(acts: &[Act]) -> Option<&Command> {
    match acts {
        [Act::Run(run)] if matches!(run.takeback, Takeback::Impossible(_)) => Some(run),
        _ => None,
    }
}

/// Runs the program first and writes the entry when there is room for it.
///
/// # Errors
/// When the program failed.
pub(super) fn run_first(
    state: &StateFolder,
    acts: &[Act],
    run: &Command,
    about: &About,
    programs: &dyn Programs,
) -> Result<Applied, ApplyError> {
    let failed = |why| ApplyError::TakenBack { why: StepError::Program { line: run.line(), why } };
    programs.run(&run.argv, &run.folder).map_err(failed)?;
    // An entry that cannot be written now either would only have told of it.
    Ok(record(state, acts, about).map_or(Applied::Unrecorded, |entry| Applied::Done(entry.id)))
}

fn record(state: &StateFolder, acts: &[Act], about: &About) -> Result<Entry, LockError> {
    let _lock = state.lock("noting a fix", about.when)?;
    let mut entry = state.intend(about, acts)?;
    for recorded in &mut entry.acts {
        recorded.progress = Progress::Done;
    }
    entry.phase = Phase::Applied;
    state.save(&entry)?;
    Ok(entry)
}
