use crate::tui::panes::{Sheet, diff};

/// Text to read, with a diff where there is one.
#[derive(Debug)]
pub(in crate::tui) struct MessageBox {
    /// What it is about.
    pub(in crate::tui) title: String,
    /// The text.
    pub(in crate::tui) text: String,
    /// A unified diff below it.
    pub(in crate::tui) diff: Option<String>,
    /// The first line on the screen.
    pub(in crate::tui) scroll: usize,
}

impl MessageBox {
    /// The text, then the diff.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>) {
        sheet.plain(&self.text);
        if let Some(diff) = &self.diff {
            sheet.gap();
            diff::write(diff, diff::Extent::Whole, sheet);
        }
    }
}
