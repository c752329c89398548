use crate::model::Class;
use crate::tui::backend::FixRequest;
use crate::tui::panes::{Sheet, plan};

/// A question before a fix.
#[derive(Debug)]
pub(in crate::tui) struct Confirm {
    /// What would be applied.
    pub(in crate::tui) request: Box<FixRequest>,
    /// The first line on the screen.
    pub(in crate::tui) scroll: usize,
}

impl Confirm {
    /// The title of the fix.
    pub(super) fn title(&self) -> &str {
        self.request.fix().map_or("", |fix| &fix.title)
    }

    /// The plan, to the last word, and the question.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>) {
        let Some(fix) = self.request.fix() else { return };
        sheet.plain(&self.request.finding.summary);
        sheet.gap();
        plan(fix, sheet);
        sheet.gap();
        sheet.bold(match fix.class {
            Class::Root => "Apply this as root? sudo may ask for your password.",
            _ => "Apply this?",
        });
    }
}
