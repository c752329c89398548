//! All that the dashboard knows. Only [`update`](super::update) changes it.

mod list;
mod notice;
mod pane;
mod rows;
mod runs;
mod session;
mod strata;
mod waiting;

pub(super) use list::{List, Show};
pub(super) use notice::Notice;
pub use pane::Tab;
pub(super) use pane::{Pane, Tracing};
pub(super) use rows::{Row, RowId, rows};
pub(super) use runs::{Run, Runs};
pub(super) use session::{Done, Session, Working};
pub(super) use strata::{Stratum, strata};
pub(super) use waiting::{Waiting, waiting};

use std::collections::HashMap;
use std::time::Duration;

use ratatui::layout::Size;

use super::overlays::Overlay;
use super::theme::Theme;
use crate::checks::Check;
use crate::model::{CheckReport, Finding, Report};

/// The state of the dashboard.
#[derive(Debug)]
pub struct Model {
    /// How it looks.
    pub(super) theme: Theme,
    /// The size of the terminal, in cells.
    pub(super) size: Size,
    /// How long the dashboard has been open.
    pub(super) now: Duration,
    /// The checks of a full run, outermost layer first.
    pub(super) checks: Vec<&'static Check>,
    /// What the runs have told.
    pub(super) runs: Runs,
    /// The list of findings.
    pub(super) list: List,
    /// The pane beside or below it.
    pub(super) pane: Pane,
    /// What lies over both, topmost last.
    pub(super) overlays: Vec<Overlay>,
    /// What was fixed since the dashboard was opened.
    pub(super) session: Session,
    /// The line above the keys.
    pub(super) notice: Option<Notice>,
    /// Traces by subject.
    pub(super) traces: HashMap<String, Tracing>,
}

/// What is selected in the list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Selected<'a> {
    /// A finding.
    Finding(&'a CheckReport, &'a Finding),
    /// A check that settled without a finding.
    Outcome(&'a CheckReport),
    /// A check that has not settled yet.
    Pending(&'static Check),
    /// A finding that was fixed.
    Done(&'a Done),
}

impl Model {
    /// The state before any message: everything is pending.
    #[must_use]
    pub fn new(theme: Theme, size: Size, checks: Vec<&'static Check>) -> Self {
        let runs = Runs::new(checks.iter().map(|check| check.id).collect());
        Model {
            theme,
            size,
            now: Duration::ZERO,
            checks,
            runs,
            list: List::default(),
            pane: Pane::default(),
            overlays: Vec::new(),
            session: Session::default(),
            notice: None,
            traces: HashMap::new(),
        }
    }

    /// True while something on the screen moves by itself, so that it wants
    /// [`Message::Tick`](super::Message::Tick)s.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.runs.current.is_some() || self.session.working.is_some()
    }

    /// The report of what is known so far.
    #[must_use]
    pub fn report(&self) -> Report {
        self.runs.shown.report()
    }

    /// The check with this id.
    pub(super) fn check(&self, id: &str) -> Option<&'static Check> {
        self.checks.iter().copied().find(|check| check.id == id)
    }

    /// The rows of the list.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        rows(self)
    }

    /// The position of the selected row among `rows`: the chosen one, or else
    /// the first that can be selected.
    pub(super) fn cursor(&self, rows: &[Row<'_>]) -> Option<usize> {
        let chosen = self.list.selected.as_ref();
        chosen
            .and_then(|id| rows.iter().position(|row| row.id().as_ref() == Some(id)))
            .or_else(|| rows.iter().position(|row| row.id().is_some()))
    }

    /// What is selected.
    pub(super) fn selected(&self) -> Option<Selected<'_>> {
        let mut rows = self.rows();
        let at = self.cursor(&rows)?;
        match rows.swap_remove(at) {
            Row::Heading(..) => None,
            Row::Finding { check, finding, .. } => Some(Selected::Finding(check, finding)),
            Row::Outcome(report) => Some(Selected::Outcome(report)),
            Row::Pending(check) => Some(Selected::Pending(check)),
            Row::Done(done) => Some(Selected::Done(done)),
        }
    }
}

impl<'a> Selected<'a> {
    /// The id of the check.
    pub(super) fn check(self) -> &'static str {
        match self {
            Selected::Finding(report, _) | Selected::Outcome(report) => report.id,
            Selected::Pending(check) => check.id,
            Selected::Done(done) => done.check,
        }
    }

    /// The finding, where there is or was one.
    pub(super) fn finding(self) -> Option<&'a Finding> {
        match self {
            Selected::Finding(_, finding) => Some(finding),
            Selected::Done(done) => Some(&done.finding),
            Selected::Outcome(_) | Selected::Pending(_) => None,
        }
    }
}
