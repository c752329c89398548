use std::path::{Path, PathBuf};

use super::carry::CarryError;
use super::journal::{About, EntryId, JournalError, LockError, StateFolder};
use super::kept::with_contents;
use super::work::{StepError, Stopped, Work};
use super::{Act, Change, Plan, Programs, Refusal, Standing, makes_room};

/// What applying a plan came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// It was done; the journal entry takes it back.
    Done(EntryId),
    /// It was done, and there was no room to note it. It is of the kind that
    /// nothing takes back.
    Unrecorded,
    /// Everything was as it should be.
    NothingToDo,
}

/// Why a plan was not applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// It cannot be applied as things are.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Another gomedic is at work, or the state folder cannot be used.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// An interrupted fix of the same file has to be finished or undone first.
    #[error("{} was being changed by {id}, which was interrupted; finish or undo that first", .target.display())]
    Unfinished {
        /// The interrupted one.
        id: EntryId,
        /// The file.
        target: PathBuf,
    },
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A step failed, and what was done was taken back.
    #[error("{why}; {}", .why.after_taking_back())]
    TakenBack {
        /// What failed.
        why: StepError,
    },
    /// A step failed, and not all of those before it could be taken back.
    #[error("{why}; {left}")]
    LeftHalf {
        /// What failed.
        why: StepError,
        /// What is left as it is.
        left: String,
        /// The journal entry, which tells what was done.
        id: EntryId,
    },
}

/// Applies a plan: looks at every target again, writes the intent to the
/// journal, then acts. When an act fails, those before it are taken back. Where
/// there is no room for the journal, a program that nothing could take back is
/// run all the same: it may be what makes room.
///
/// # Errors
/// Why it was not applied, and what that means for the files.
pub fn apply(state: &StateFolder, plan: &Plan, about: &About, programs: &dyn Programs) -> Result<Applied, ApplyError> {
    if let Some(refusal) = plan.refused() {
        return Err(refusal.into());
    }
    if plan.acts.is_empty() {
        return Ok(Applied::NothingToDo);
    }
    match (apply_journaled(state, plan, about, programs), makes_room::lone_program(&plan.acts)) {
        (Err(error), Some(run)) if makes_room::failed_for_room(&error) => {
            makes_room::run_first(state, &plan.acts, run, about, programs)
        }
        (applied, _) => applied,
    }
}

fn apply_journaled(
    state: &StateFolder,
    plan: &Plan,
    about: &About,
    programs: &dyn Programs,
) -> Result<Applied, ApplyError> {
    let _lock = state.lock("applying a fix", about.when)?;
    state.sweep();
    require_free_targets(state, &plan.acts)?;
    require_unchanged(state, &plan.acts)?;
    let acts = with_contents(&plan.acts, state.disk()).map_err(|why| ApplyError::TakenBack { why: why.into() })?;
    let mut work = Work::new(state, state.intend(about, &acts)?, &acts, programs);
    match work.forward() {
        Ok(()) => Ok(Applied::Done(work.entry.id)),
        Err(stopped) => Err(give_up(state, work, stopped)),
    }
}

/// After a failure: takes back what was done, and forgets the entry.
fn give_up(state: &StateFolder, mut work: Work<'_>, Stopped { begun, why }: Stopped) -> ApplyError {
    let id = work.entry.id;
    let back = work.prepare_back(begun).map_err(StepError::from).and_then(|stage| work.back(begun, stage));
    match back.and_then(|_| Ok(state.forget(id)?)) {
        Ok(()) => ApplyError::TakenBack { why },
        Err(error) => {
            let left = format!("taking back what was done before failed too: {error}");
            ApplyError::LeftHalf { why, left, id }
        }
    }
}

/// Refuses when an interrupted entry has not done with one of the targets. One
/// that somebody has edited since is free: neither way leads on from there.
fn require_free_targets(state: &StateFolder, acts: &[Act]) -> Result<(), ApplyError> {
    let targets: Vec<&Path> = acts.iter().flat_map(Act::targets).collect();
    for entry in state.history()?.entries.iter().filter(|entry| entry.is_interrupted()) {
        let Ok(unfinished) = state.acts(entry) else { continue };
        let is_free = |act: &Act| match act {
            Act::Change(change) => matches!(change.standing(state.disk()), Ok(Standing::Other(_))),
            Act::Run(_) => false,
        };
        let held = unfinished.iter().filter(|act| !is_free(act)).flat_map(Act::targets);
        if let Some(target) = held.into_iter().find(|target| targets.contains(target)) {
            return Err(ApplyError::Unfinished { id: entry.id, target: target.to_owned() });
        }
    }
    Ok(())
}

/// Refuses when a target is not as the plan found it. Nothing is written yet.
fn require_unchanged(state: &StateFolder, acts: &[Act]) -> Result<(), ApplyError> {
    for change in changes(acts) {
        let standing = change.standing(state.disk()).map_err(|source| {
            let target = change.target.clone();
            ApplyError::TakenBack { why: CarryError::Io { doing: "read", target, source }.into() }
        })?;
        let now = match standing {
            Standing::Before => continue,
            Standing::After => None,
            Standing::Other(now) => now.map(Box::new),
        };
        let changed = CarryError::Changed { target: change.target.clone(), now };
        return Err(ApplyError::TakenBack { why: changed.into() });
    }
    Ok(())
}

fn changes(acts: &[Act]) -> impl Iterator<Item = &Change> {
    acts.iter().filter_map(|act| match act {
        Act::Change(change) => Some(change),
        Act::Run(_) => None,
    })
}
