//! The tabs of the pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::put;
use crate::tui::model::{Model, Tab};

/// Where each tab is drawn: a blank on either side of its name.
pub(in crate::tui) fn places(area: Rect) -> Vec<(Tab, Rect)> {
    let mut x = area.x + 1;
    Tab::ALL
        .into_iter()
        .map(|tab| {
            let width = u16::try_from(tab.title().len() + 2).unwrap_or(u16::MAX);
            let place = Rect { x, width, ..area }.intersection(area);
            x += width + 1;
            (tab, place)
        })
        .collect()
}

pub(super) fn draw(model: &Model, area: Rect, buffer: &mut Buffer) {
    for (tab, place) in places(area) {
        let style = if tab == model.pane.tab { model.theme.tab.style() } else { model.theme.dim.style() };
        put(&Line::from(Span::styled(format!(" {} ", tab.title()), style)), place, buffer);
    }
}
