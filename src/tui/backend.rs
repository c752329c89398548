use tokio::sync::mpsc::UnboundedReceiver;

use crate::checks::Check;
use crate::model::{Event, Finding, Matrix, Privilege, Report, Trace};

/// What the dashboard asks of the rest of gomedic. It has no other door to
/// the machine.
///
/// Every method but [`Backend::checks`] and [`Backend::start`] may take its
/// time: the dashboard calls it on a thread of its own and stays alive.
pub trait Backend: Send + Sync {
    /// The checks that a full run has, outermost layer first. Returns at
    /// once: the first frame waits for it.
    fn checks(&self) -> Vec<&'static Check>;

    /// Starts a run and returns its events; the last one is
    /// [`Event::Finished`]. Returns at once. Dropping the receiver abandons
    /// the run.
    fn start(&self, scope: Scope) -> UnboundedReceiver<Event>;

    /// Applies a fix, probes again, and says what came of it.
    ///
    /// Where the fix needs privilege, the terminal is the caller's for the
    /// time of the call: sudo may ask there.
    fn apply(&self, request: &FixRequest) -> FixReport;

    /// Takes back the journal entry with this id.
    fn undo(&self, entry: &str) -> UndoOutcome;

    /// The journal, newest entry first.
    ///
    /// # Errors
    /// Why it could not be read, in one line.
    fn history(&self) -> Result<Vec<Entry>, String>;

    /// Brings an interrupted entry to its end.
    fn finish(&self, entry: &str) -> FixOutcome;

    /// A variable or a command as each context sees it.
    fn trace(&self, subject: &str) -> Trace;

    /// What the project builds for, target by target.
    ///
    /// # Errors
    /// Why that cannot be told, in one line.
    fn cross(&self) -> Result<Matrix, String>;

    /// Writes the report into the current folder; says where, for people.
    ///
    /// # Errors
    /// Why it could not be written, in one line.
    fn export(&self, report: &Report) -> Result<String, String>;
}

/// What a run looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every check.
    All,
    /// The check with this id, and those that it is linked with as a cause
    /// or an effect.
    Around(&'static str),
}

/// The fix that was on the screen when its key was pressed.
#[derive(Debug, Clone, PartialEq)]
pub struct FixRequest {
    /// The id of the check.
    pub check: &'static str,
    /// Its finding.
    pub finding: Finding,
    /// Which of the finding's fixes, from 0.
    pub fix: usize,
}

impl FixRequest {
    /// The fix that is meant.
    #[must_use]
    pub fn fix(&self) -> Option<&crate::model::Fix> {
        self.finding.fixes.get(self.fix)
    }
}

/// What came of a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixReport {
    /// How it ended.
    pub outcome: FixOutcome,
    /// The journal entry that takes it back, where something was changed.
    pub entry: Option<String>,
}

/// How a fix ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixOutcome {
    /// The finding is gone.
    Resolved,
    /// The finding is gone, and another one that stood behind it can be seen
    /// now; the text says which.
    Uncovered(String),
    /// It is still there and weighs less; the text says what is left.
    Eased(String),
    /// It will be gone once this has happened, such as "a new shell".
    Pending(String),
    /// The finding is still there.
    Unchanged,
    /// Something is wrong now that was not; the text says what.
    Worse(String),
    /// It could not be applied; the text says why.
    Failed(String),
}

/// How taking back ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndoOutcome {
    /// All is as it was before the fix.
    Undone,
    /// Nothing was touched, because of this.
    Refused {
        /// Why, in one line.
        why: String,
        /// What has changed since the fix, as a unified diff.
        diff: Option<String>,
    },
    /// It was tried and failed; the text says why.
    Failed(String),
}

/// One entry of the journal, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// When it was written, for people.
    pub when: String,
    /// The title of the fix.
    pub title: String,
    /// The id of the check whose finding it fixed.
    pub check: String,
    /// What became of it.
    pub state: EntryState,
    /// Whose rights taking it back needs.
    pub privilege: Privilege,
}

/// What became of a journal entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryState {
    /// It is in force and can be taken back.
    Applied,
    /// It is in force and cannot be taken back; the text says why.
    Final(String),
    /// It was taken back.
    Undone,
    /// It was begun and not brought to an end; the text says how far it came.
    Interrupted(String),
}
