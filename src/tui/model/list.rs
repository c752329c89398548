use super::RowId;
use crate::model::Layer;

/// The list of findings: what is selected, what is shown.
#[derive(Debug, Default)]
pub(in crate::tui) struct List {
    /// The row that was chosen. Before any was, the first one is selected,
    /// whichever that is.
    pub(in crate::tui) selected: Option<RowId>,
    /// Position that the selected row had when it was last seen, for when it
    /// vanishes.
    pub(in crate::tui) last: usize,
    /// The first row on the screen.
    pub(in crate::tui) top: usize,
    /// Which checks are shown.
    pub(in crate::tui) show: Show,
    /// Only this layer is shown.
    pub(in crate::tui) layer: Option<Layer>,
    /// Only what contains this text is shown.
    pub(in crate::tui) query: String,
}

/// Which checks are shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Show {
    /// Findings, and what could not be told.
    #[default]
    Problems,
    /// Every check.
    All,
}
