use std::time::Duration;

use crate::model::{Finding, Privilege};
use crate::tui::backend::FixOutcome;

/// What was fixed since the dashboard was opened.
#[derive(Debug, Default)]
pub(in crate::tui) struct Session {
    /// Fixes that changed something, oldest first.
    pub(in crate::tui) done: Vec<Done>,
    /// What is being applied or taken back.
    pub(in crate::tui) working: Option<Working>,
}

/// A fix that changed something.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Done {
    /// The id of the check.
    pub(in crate::tui) check: &'static str,
    /// The finding as it was before.
    pub(in crate::tui) finding: Finding,
    /// The title of the fix.
    pub(in crate::tui) title: String,
    /// What came of it.
    pub(in crate::tui) outcome: FixOutcome,
    /// The journal entry that takes it back.
    pub(in crate::tui) entry: String,
    /// Whose rights taking it back needs.
    pub(in crate::tui) privilege: Privilege,
}

impl Done {
    /// The mark shown beside it.
    pub(in crate::tui) fn mark(&self) -> &'static str {
        match self.outcome {
            FixOutcome::Resolved | FixOutcome::Uncovered(_) | FixOutcome::Eased(_) => "✔",
            FixOutcome::Pending(_) => "◔",
            FixOutcome::Unchanged => "▲",
            FixOutcome::Worse(_) | FixOutcome::Failed(_) => "✖",
        }
    }

    /// True when it is the fix of this finding.
    pub(in crate::tui) fn is_of(&self, check: &str, key: &str) -> bool {
        self.check == check && self.finding.key == key
    }
}

/// Something that is being applied or taken back on another thread.
#[derive(Debug)]
pub(in crate::tui) struct Working {
    /// What is done, such as "applying: Comment out the GOROOT line".
    pub(in crate::tui) what: String,
    /// When it began.
    pub(in crate::tui) since: Duration,
    /// Quit was asked for meanwhile.
    pub(in crate::tui) quit_after: bool,
}

impl Session {
    /// The newest fix of this finding.
    pub(in crate::tui) fn of(&self, check: &str, key: &str) -> Option<&Done> {
        self.done.iter().rev().find(|done| done.is_of(check, key))
    }

    /// The fix with this journal entry.
    pub(in crate::tui) fn entry(&self, entry: &str) -> Option<&Done> {
        self.done.iter().find(|done| done.entry == entry)
    }
}
