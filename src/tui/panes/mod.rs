//! What the pane shows of the selected row, tab by tab, as lines that fit.

pub(super) mod diff;
mod evidence;
mod explain;
mod fix;
mod markdown;
mod overview;
mod sheet;
mod trace;

pub(super) use fix::{plan, privilege};
pub(super) use sheet::Sheet;

use ratatui::text::Line;

use super::model::{Model, Tab};

/// The lines of the open tab, at most `width` columns wide.
pub(super) fn lines(model: &Model, width: u16) -> Vec<Line<'static>> {
    let mut sheet = Sheet::new(&model.theme, width);
    match (model.selected(), model.pane.tab) {
        (None, _) => overview::write(model, &mut sheet),
        (Some(selected), Tab::Explain) => explain::write(model, selected, &mut sheet),
        (Some(selected), Tab::Evidence) => evidence::write(selected, &mut sheet),
        (Some(selected), Tab::Fix) => fix::write(model, selected, &mut sheet),
        (Some(selected), Tab::Trace) => trace::write(model, selected, &mut sheet),
    }
    sheet.lines()
}
