use crate::tui::backend::FixRequest;
use crate::tui::panes::{Sheet, plan};

/// A fix that the user carries out.
#[derive(Debug)]
pub(in crate::tui) struct Manual {
    /// What is to be done.
    pub(in crate::tui) request: Box<FixRequest>,
    /// The first line on the screen.
    pub(in crate::tui) scroll: usize,
}

impl Manual {
    /// The title of the fix.
    pub(super) fn title(&self) -> &str {
        self.request.fix().map_or("", |fix| &fix.title)
    }

    /// What to do.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>) {
        let Some(fix) = self.request.fix() else { return };
        sheet.plain(&self.request.finding.summary);
        sheet.gap();
        plan(fix, sheet);
    }
}
