//! Draws the model. Pure: the same model gives the same cells.

mod footer;
mod header;
mod list;
mod mark;
mod notice;
mod pane;
mod row;
mod rule;
mod scrollbar;
mod sheet;
mod small;
mod strata;
mod tabs;
mod verdict;

pub(super) use footer::hints;
pub(super) use scrollbar::scrollbar;
pub(super) use strata::places as strata_places;
pub(super) use tabs::places as tab_places;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::layout::{self, Areas, Shape};
use super::model::Model;
use super::text::line_width;

/// Draws the whole window.
pub fn view(model: &Model, buffer: &mut Buffer) {
    let window = *buffer.area();
    let Some(areas) = places(model, window) else {
        small::draw(model, buffer);
        return;
    };
    header::draw(model, areas.header, buffer);
    verdict::draw(model, areas.verdict, buffer);
    strata::draw(model, &areas, buffer);
    list::draw(model, &areas, buffer);
    pane::draw(model, &areas, buffer);
    if areas.shape == Shape::Columns {
        rule::columns(model, &areas, buffer);
    }
    notice::draw(model, areas.notice, buffer);
    for overlay in &model.overlays {
        sheet::draw(model, overlay, window, buffer);
    }
    footer::draw(model, areas.footer, buffer);
}

/// The places of a window that shows this model.
pub(super) fn places(model: &Model, window: Rect) -> Option<Areas> {
    layout::areas(window.as_size(), notice::height(model))
}

/// Writes a line at the start of `area`. What stood there is gone, also its
/// style.
fn put(line: &Line<'_>, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(*buffer.area());
    if area.is_empty() {
        return;
    }
    let width = u16::try_from(line_width(line)).unwrap_or(u16::MAX).min(area.width);
    buffer.set_style(Rect { width, height: 1, ..area }, Style::reset());
    buffer.set_line(area.x, area.y, line, area.width);
}

/// Writes lines one below the other, from the one at `scroll` on.
fn put_lines(lines: &[Line<'_>], scroll: usize, area: Rect, buffer: &mut Buffer) {
    for (row, line) in area.rows().zip(lines.iter().skip(scroll)) {
        put(line, row, buffer);
    }
}
