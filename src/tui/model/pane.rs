use super::RowId;
use crate::model::Trace;

/// The pane that shows what is selected.
#[derive(Debug, Default)]
pub(in crate::tui) struct Pane {
    /// The open tab.
    pub(in crate::tui) tab: Tab,
    /// The first line on the screen.
    pub(in crate::tui) scroll: usize,
    /// Which of the finding's fixes is in view, from 0.
    pub(in crate::tui) fix: usize,
    /// The row that it shows, to notice when that changes.
    pub(in crate::tui) of: Option<RowId>,
}

/// The tabs of the pane.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What it means and why it matters.
    #[default]
    Explain,
    /// Where it was seen.
    Evidence,
    /// What would be done about it.
    Fix,
    /// What each context sees.
    Trace,
}

impl Tab {
    /// All tabs, in the order in which they are shown.
    pub const ALL: [Tab; 4] = [Tab::Explain, Tab::Evidence, Tab::Fix, Tab::Trace];

    /// The name shown to people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Tab::Explain => "Explain",
            Tab::Evidence => "Evidence",
            Tab::Fix => "Fix",
            Tab::Trace => "Trace",
        }
    }

    /// The tab `steps` further on, round and round.
    pub(in crate::tui) fn step(self, steps: usize) -> Tab {
        let at = Tab::ALL.iter().position(|tab| *tab == self).unwrap_or(0);
        Tab::ALL[(at + steps) % Tab::ALL.len()]
    }
}

/// A trace, or the wait for it.
#[derive(Debug)]
pub(in crate::tui) enum Tracing {
    /// It was asked for.
    Awaited,
    /// It is here.
    Ready(Trace),
}
