//! Fixes: plan, preview, journal, apply, verify, undo. The only writer of the
//! crate.
//!
//! A [`Fix`](crate::model::Fix) is a list of typed steps. [`plan()`] lowers
//! them on this machine to [`Act`]s: files before and after, programs by
//! absolute path. A preview is drawn from the same plan that [`apply()`]
//! carries out: it writes the intent to the journal, then all that needs room
//! on the disk, then makes every change so that a file is at each moment as
//! before or as after. [`recover`] finds
//! what a crash has left, [`undo()`] takes an entry back.

mod apply;
mod carry;
mod change;
pub mod diff;
pub mod disk;
mod draft;
mod edits;
mod elevated;
mod journal;
mod kept;
mod makes_room;
mod node;
mod octal;
mod plan;
mod preview;
mod programs;
mod recovery;
mod refusal;
mod script;
mod stage;
mod standing;
mod steps;
mod text;
mod undo;
mod verify;
mod work;

pub use apply::{Applied, ApplyError, apply};
pub use carry::CarryError;
pub use change::{Act, Change};
pub use elevated::Sudo;
pub use journal::{
    About, Damaged, Entry, EntryId, Fingerprint, History, JournalError, Lock, LockError, Phase, Progress, Recorded,
    StateFolder,
};
pub use kept::Kept;
pub use node::{Node, Owner};
pub use plan::{Plan, plan};
pub use preview::preview;
pub use programs::{Command, OnTerminal, OutOfSight, Programs, Rights, Takeback, command_line};
pub use recovery::{FinishError, Interrupted, Part, Recovery, Stage, finish, leave, recover};
pub use refusal::Refusal;
pub use standing::Standing;
pub use undo::{ChangedSince, UndoError, Undone, changes_of_undo, undo};
pub use verify::{Proof, Subject, verify};
pub use work::StepError;

use crate::model::text::io_text;
