use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::diff;
use super::journal::{Entry, EntryId, Fingerprint, JournalError, LockError, Phase, StateFolder};
use super::work::{StepError, Work};
use super::{Act, Change, Command, Node, Programs, Standing, Takeback};
use crate::host::Machine;

/// What undoing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The entry, now undone.
    pub entry: Entry,
    /// Folders that the fix created and that stay, because others have put
    /// things into them.
    pub kept: Vec<PathBuf>,
}

/// Why an entry was not taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// It was taken back before.
    #[error("{0} is undone already")]
    Already(EntryId),
    /// It has no inverse.
    #[error("{0}")]
    Impossible(String),
    /// A file has been changed since the fix.
    #[error("{} has changed since the fix; undoing would lose that", .0.target.display())]
    Changed(Box<ChangedSince>),
    /// Another gomedic is at work, or the state folder cannot be used.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A step failed on the way.
    #[error("{0}; undo it again when that is mended")]
    Step(#[from] StepError),
}

/// A file that somebody has changed since a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSince {
    /// The file.
    pub target: PathBuf,
    /// As the fix left it.
    after: Node,
    /// As it is now; None when it is neither a file of ordinary size nor a
    /// folder.
    now: Option<Node>,
    /// A later fix that changed it and can be undone first.
    pub later: Option<EntryId>,
}

impl ChangedSince {
    /// What has changed since the fix, as a diff. Empty when it is no longer a
    /// file or folder.
    #[must_use]
    pub fn diff(&self, machine: &Machine) -> String {
        let name = diff::name(machine, &self.target);
        self.now.as_ref().map(|now| diff::between(&name, &self.after, now)).unwrap_or_default()
    }
}

/// What taking an entry back would change, last act first.
///
/// # Errors
/// When the entry cannot be read.
pub fn changes_of_undo(state: &StateFolder, id: EntryId) -> Result<Vec<Change>, JournalError> {
    let acts = state.acts(&state.entry(id)?)?;
    Ok(acts
        .iter()
        .rev()
        .filter_map(|act| match act {
            Act::Change(change) => Some(change.reversed()),
            Act::Run(_) => None,
        })
        .collect())
}

/// Takes an entry back: contents, modes, owners, and the absence of what was
/// created. Continues where an interrupted attempt left off.
///
/// # Errors
/// Why it was not taken back; unless a step failed, nothing was touched.
pub fn undo(state: &StateFolder, id: EntryId, programs: &dyn Programs, now: Timestamp) -> Result<Undone, UndoError> {
    // Asking for an entry that is not there creates no folder.
    state.entry(id)?;
    let _lock = state.lock("undoing a fix", now)?;
    let entry = state.entry(id)?;
    if entry.phase == Phase::Undone {
        return Err(UndoError::Already(id));
    }
    if let Some(why) = entry.cannot_be_undone() {
        return Err(UndoError::Impossible(why));
    }
    let acts = state.acts(&entry)?;
    require_as_left(state, &entry, &acts)?;
    let phase = entry.phase;
    let mut work = Work::new(state, entry, &acts, programs);
    work.clear_left().map_err(StepError::from)?;
    work.reach(Phase::Undoing)?;
    let ready = work.prepare_back(acts.len()).map_err(StepError::from);
    let stage = match ready.and_then(|stage| Ok(work.write_ahead(Phase::Undone).map(|()| stage)?)) {
        Ok(stage) => stage,
        Err(error) => {
            // Nothing was touched. Where this cannot be written either, the
            // next start finds it out.
            let _ = work.reach(phase);
            return Err(error.into());
        }
    };
    let kept = work.back(acts.len(), stage)?;
    work.reach(Phase::Undone)?;
    state.drop_contents(id);
    Ok(Undone { entry: work.entry, kept })
}

/// Refuses when a target is neither as the fix left it nor as it was before.
fn require_as_left(state: &StateFolder, entry: &Entry, acts: &[Act]) -> Result<(), UndoError> {
    for (act, recorded) in acts.iter().zip(&entry.acts) {
        let change = match act {
            Act::Change(change) => change,
            Act::Run(run) => {
                require_replaced_as_left(state, entry, run, &recorded.left)?;
                continue;
            }
        };
        let standing = change.standing(state.disk()).map_err(|source| {
            let target = change.target.clone();
            StepError::Change(super::CarryError::Io { doing: "read", target, source })
        })?;
        if let Standing::Other(now) = standing {
            return Err(UndoError::Changed(Box::new(ChangedSince {
                target: change.target.clone(),
                after: change.after.clone(),
                now,
                later: later_change(state, entry, &change.target)?,
            })));
        }
    }
    Ok(())
}

/// The same for the files that a program replaced: what it left is known by
/// fingerprints alone.
fn require_replaced_as_left(
    state: &StateFolder,
    entry: &Entry,
    run: &Command,
    left: &[Option<Fingerprint>],
) -> Result<(), UndoError> {
    let Takeback::Restore(all) = &run.takeback else { return Ok(()) };
    // Of a program that was interrupted it is not known what it left.
    for (kept, left) in all.iter().zip(left) {
        if !kept.is_as_left(state.disk(), left.as_ref()).map_err(StepError::Change)? {
            return Err(UndoError::Changed(Box::new(ChangedSince {
                target: kept.target.clone(),
                after: Node::Absent,
                now: None,
                later: later_change(state, entry, &kept.target)?,
            })));
        }
    }
    Ok(())
}

/// The newest applied entry behind this one that changed the same target.
fn later_change(state: &StateFolder, entry: &Entry, changed: &Path) -> Result<Option<EntryId>, JournalError> {
    let history = state.history()?;
    let later = history.entries.iter().find(|other| {
        other.id > entry.id && other.phase == Phase::Applied && other.targets().any(|target| target == changed)
    });
    Ok(later.map(|other| other.id))
}
