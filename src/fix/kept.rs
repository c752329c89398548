//! A file that a program replaces: kept before it runs, put back by undoing.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::carry::{Carried, CarryError, carry_out, clear, prepare};
use super::disk::Disk;
use super::journal::Fingerprint;
use super::standing::observe;
use super::{Act, Change, Command, Node, Takeback};

/// More than any program that people build for themselves comes to, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The file that a program replaces or makes, as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept<C = Vec<u8>> {
    /// The file itself, the links of its folders followed.
    pub target: PathBuf,
    /// What stands there before the program is run. In a plan the content is
    /// left open: it is read when the plan is applied.
    pub before: Node<C>,
}

impl<C> Kept<C> {
    /// The same with its content held in another way.
    ///
    /// # Errors
    /// Whatever `convert` fails with.
    pub(super) fn try_map<D, E>(&self, convert: impl FnOnce(&C) -> Result<D, E>) -> Result<Kept<D>, E> {
        Ok(Kept { target: self.target.clone(), before: self.before.try_map(convert)? })
    }
}

impl Kept {
    /// The same with its content, as it is now.
    fn filled(&self, disk: &dyn Disk) -> Result<Kept, CarryError> {
        Ok(Kept { target: self.target.clone(), before: self.now(disk)? })
    }

    /// What stands there now.
    fn now(&self, disk: &dyn Disk) -> Result<Node, CarryError> {
        let seen = observe(disk, &self.target, Some(LARGEST));
        let seen = seen.map_err(|source| CarryError::Io { doing: "read", target: self.target.clone(), source })?;
        seen.ok_or_else(|| CarryError::Changed { target: self.target.clone(), now: None })
    }

    /// What tells the content that the program has left; None when it has
    /// left nothing there, or what cannot be read.
    pub(super) fn left(&self, disk: &dyn Disk) -> Option<Fingerprint> {
        self.now(disk).ok()?.content().map(|content| Fingerprint::of(content))
    }

    /// True when the file is as the program left it, or is back already.
    pub(super) fn is_as_left(&self, disk: &dyn Disk, left: Option<&Fingerprint>) -> Result<bool, CarryError> {
        let now = self.now(disk)?;
        let is_left = match left {
            Some(left) => now.content().is_some_and(|content| left.fits(content)),
            None => now == Node::Absent,
        };
        Ok(self.before.matches(&now) || is_left)
    }

    /// Puts the file back, unless it is. `temporary` is a name beside it that
    /// nothing else uses.
    pub(super) fn put_back(&self, disk: &dyn Disk, temporary: &Path) -> Result<(), CarryError> {
        let now = self.now(disk)?;
        if self.before.matches(&now) {
            return Ok(());
        }
        let target = self.target.clone();
        let change = Change { path: target.clone(), target, before: now, after: self.before.clone(), sudo: None };
        let waits = prepare(disk, &change, temporary)?;
        let carried = carry_out(disk, &change, temporary);
        if waits && !matches!(carried, Ok(Carried::Done)) {
            clear(disk, temporary);
        }
        carried.map(|_| ())
    }
}

/// The acts with the contents of all files that their programs replace.
///
/// # Errors
/// When one cannot be read.
pub(super) fn with_contents(acts: &[Act], disk: &dyn Disk) -> Result<Vec<Act>, CarryError> {
    let filled = |act: &Act| match act {
        Act::Run(command @ Command { takeback: Takeback::Restore(kept), .. }) => {
            let kept = kept.iter().map(|kept| kept.filled(disk)).collect::<Result<_, _>>()?;
            Ok(Act::Run(Command { takeback: Takeback::Restore(kept), ..command.clone() }))
        }
        other => Ok(other.clone()),
    };
    acts.iter().map(filled).collect()
}
