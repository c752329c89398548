use std::time::Duration;

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;

use super::backend::{Entry, FixOutcome, FixReport, FixRequest, UndoOutcome};
use crate::model::{Event, Matrix, Trace};

/// What can happen to the dashboard.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was clicked or its wheel was turned.
    Mouse(MouseEvent),
    /// The terminal has this size now.
    Resize(Size),
    /// So much time has passed since the dashboard began.
    Tick(Duration),
    /// A run told something.
    Run {
        /// The number of the run, as its [`Effect::Start`](super::Effect::Start) had it.
        run: u64,
        /// What it told.
        event: Event,
    },
    /// A run's channel closed.
    RunClosed {
        /// The number of the run.
        run: u64,
    },
    /// A fix came to its end.
    Applied {
        /// What was asked for.
        request: Box<FixRequest>,
        /// What came of it.
        report: FixReport,
    },
    /// Taking back came to its end.
    Undone {
        /// The journal entry.
        entry: String,
        /// What came of it.
        outcome: UndoOutcome,
    },
    /// Finishing an interrupted entry came to its end.
    Finished {
        /// The journal entry.
        entry: String,
        /// What came of it.
        outcome: FixOutcome,
    },
    /// The journal was read.
    History {
        /// What for.
        purpose: Purpose,
        /// Its entries, newest first, or why there are none.
        entries: Result<Vec<Entry>, String>,
    },
    /// A trace is ready.
    Traced {
        /// The subject that was asked for.
        subject: String,
        /// The trace.
        trace: Trace,
    },
    /// What the project builds for, or why that cannot be told.
    Crossed(Result<Box<Matrix>, String>),
    /// The report was written there, or was not, for this reason.
    Exported(Result<String, String>),
    /// Text was handed to the terminal's clipboard, or was not.
    Copied {
        /// The text.
        text: String,
        /// Why it was not.
        error: Option<String>,
    },
    /// The terminal could not be left for the shell, for this reason.
    NotSuspended(&'static str),
}

/// What the journal is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To see whether an earlier run left something half done.
    Recovery,
    /// To show it.
    Show,
}
