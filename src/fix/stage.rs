//! What is to stand in the place of files and folders, written before the
//! first of them changes: a disk that is full, or fills up, stops a fix of
//! several files while none has changed yet.

use std::path::{Path, PathBuf};

use super::carry::{Carried, CarryError, carry_out, clear, prepare};
use super::elevated::Reach;
use super::journal::{EntryId, StateFolder};
use super::{Change, Node, Programs};

/// The name beside a target under which its new content is written.
pub(super) fn temporary(target: &Path, id: EntryId, act: usize) -> PathBuf {
    target.with_file_name(format!(".gomedic-{id}-{act}"))
}

/// Changes in the order in which they are made. What still waits when this is
/// dropped is removed.
pub(super) struct Stage<'a> {
    parts: Vec<Part<'a>>,
}

struct Part<'a> {
    /// The number of the act in its entry.
    act: usize,
    change: Change,
    /// The disk that it is made on.
    reach: Reach<'a>,
    /// The name under which what is to take the target's name waits.
    temporary: PathBuf,
    waits: bool,
}

impl<'a> Stage<'a> {
    /// Prepares the changes, each with the number of its act.
    ///
    /// # Errors
    /// Why one cannot be made; then nothing waits any more.
    pub(super) fn new(
        state: &'a StateFolder,
        programs: &'a dyn Programs,
        id: EntryId,
        changes: impl IntoIterator<Item = (usize, Change)>,
    ) -> Result<Self, CarryError> {
        let mut stage = Stage { parts: Vec::new() };
        for (act, change) in changes {
            let temporary = stage.new_place(&change.target).unwrap_or_else(|| temporary(&change.target, id, act));
            let reach = Reach::of(&change, state, programs);
            let mut part = Part { act, change, reach, temporary, waits: false };
            if stage.can_prepare(&part.change.target) {
                part.waits = prepare(part.reach.disk(), &part.change, &part.temporary)?;
            }
            let parent = part.temporary.parent().filter(|parent| part.waits && stage.is_waiting(parent));
            if let Some(folder) = parent {
                let failed = |source| CarryError::Io { doing: "write", target: part.change.target.clone(), source };
                part.reach.disk().sync_folder(folder).map_err(failed)?;
            }
            stage.parts.push(part);
        }
        Ok(stage)
    }

    /// Makes the change of this act.
    ///
    /// # Errors
    /// Why it was not made, or is not known to have reached the disk.
    pub(super) fn carry_out(&mut self, act: usize) -> Result<Carried, CarryError> {
        let Some(part) = self.parts.iter_mut().find(|part| part.act == act) else { return Ok(Carried::Already) };
        if !part.waits {
            part.waits = prepare(part.reach.disk(), &part.change, &part.temporary)?;
        }
        let carried = carry_out(part.reach.disk(), &part.change, &part.temporary);
        // After a failure it may have its name, or may still wait.
        part.waits &= !matches!(carried, Ok(Carried::Done));
        carried
    }

    /// The last act that is done along with this one: what waits in a folder
    /// comes into being with it.
    pub(super) fn last_with(&self, act: usize) -> usize {
        let folder = self.parts.iter().find(|part| part.act == act && part.waits);
        let inside = |part: &&Part| folder.is_some_and(|folder| part.temporary.starts_with(&folder.temporary));
        self.parts.iter().filter(inside).map(|part| part.act).max().unwrap_or(act)
    }

    /// Where something waits whose folder is itself created: in that folder,
    /// wherever that is now.
    fn new_place(&self, target: &Path) -> Option<PathBuf> {
        let inside = |part: &Part| Some(part.temporary.join(target.strip_prefix(&part.change.target).ok()?));
        self.parts.iter().rev().filter(|part| part.waits && part.change.target != target).find_map(inside)
    }

    /// False where a change before decides whether there can be anything in
    /// that folder: then it is prepared in its turn.
    fn can_prepare(&self, target: &Path) -> bool {
        !self
            .parts
            .iter()
            .any(|part| matches!(part.change.before, Node::Folder { .. }) && target.starts_with(&part.change.target))
    }

    fn is_waiting(&self, folder: &Path) -> bool {
        self.parts.iter().any(|part| part.waits && part.temporary == folder)
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        for part in self.parts.iter().rev().filter(|part| part.waits) {
            clear(part.reach.disk(), &part.temporary);
        }
    }
}
