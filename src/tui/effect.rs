use super::backend::{FixRequest, Scope};
use super::message::Purpose;
use crate::model::{Privilege, Report};

/// What the dashboard wants done. [`update`](super::update) only asks; the
/// loop does it and answers with messages.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Start a run; the one before it, if it still runs, is abandoned.
    Start {
        /// Its number.
        run: u64,
        /// What it looks at.
        scope: Scope,
    },
    /// Apply a fix.
    Apply {
        /// Which.
        request: Box<FixRequest>,
        /// Whose rights it needs; for root the terminal is lent to sudo.
        privilege: Privilege,
    },
    /// Take back a journal entry.
    Undo {
        /// Which.
        entry: String,
        /// Whose rights it needs; for root the terminal is lent to sudo.
        privilege: Privilege,
    },
    /// Bring an interrupted journal entry to its end.
    Finish {
        /// Which.
        entry: String,
        /// Whose rights it needs; for root the terminal is lent to sudo.
        privilege: Privilege,
    },
    /// Read the journal.
    History(Purpose),
    /// Trace a variable or a command.
    Trace(String),
    /// Foretell what the project builds for.
    Cross,
    /// Write the report.
    Export(Box<Report>),
    /// Hand text to the terminal's clipboard.
    Copy(String),
    /// Draw everything anew.
    Redraw,
    /// Stop, as Ctrl-Z does.
    Suspend,
    /// End.
    Quit,
}
