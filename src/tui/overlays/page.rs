use crate::tui::model::Model;

/// The pane on the whole screen.
#[derive(Debug, Default)]
pub(in crate::tui) struct Page {
    /// The first line on the screen.
    pub(in crate::tui) scroll: usize,
}

impl Page {
    /// The tab, and what it is about.
    pub(super) fn title(&self, model: &Model) -> String {
        let tab = model.pane.tab.title();
        match model.selected() {
            Some(selected) => format!("{tab}: {}", selected.check()),
            None => tab.to_owned(),
        }
    }
}
