//! The thin lines between areas. The one below the verdict grows thick from
//! the left while a run goes on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::put;
use crate::tui::layout::Areas;
use crate::tui::model::Model;
use crate::tui::text::{fit_line, line_width};

/// A line with a title near its start and a remark near its end.
pub(super) fn titled(model: &Model, area: Rect, title: Line<'static>, remark: Line<'static>, buffer: &mut Buffer) {
    plain(model, area, buffer);
    let room = usize::from(area.width).saturating_sub(4);
    let remark = fit_line(remark, room);
    let remark_width = line_width(&remark);
    let title = fit_line(title, room.saturating_sub(remark_width + 1));
    let at = |x: u16| Rect { x: area.x + x, width: area.width.saturating_sub(x), ..area };
    put(&title, at(1), buffer);
    let from = usize::from(area.width).saturating_sub(remark_width + 1);
    put(&remark, at(u16::try_from(from).unwrap_or(0)), buffer);
}

/// A line; thick as far as the run has come.
pub(super) fn plain(model: &Model, area: Rect, buffer: &mut Buffer) {
    let reached = progress(model, buffer.area().width);
    for position in area.positions() {
        let (glyph, style) = match position.x < reached {
            true => ("━", model.theme.accent.style()),
            false => ("─", model.theme.border.style()),
        };
        set(buffer, position, glyph, style);
    }
}

/// How many columns of `width` the run has come.
fn progress(model: &Model, width: u16) -> u16 {
    let Some(run) = &model.runs.current else { return 0 };
    let (done, all) = (run.told.checks.len(), run.told.expected.len().max(1));
    u16::try_from(usize::from(width) * done.min(all) / all).unwrap_or(width)
}

/// The lines between the three columns.
pub(super) fn columns(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    let style = model.theme.border.style();
    for x in [areas.list.x - 1, areas.pane_rule.x - 1] {
        set(buffer, Position::new(x, areas.list_rule.y), "┬", style);
        for y in areas.list.top()..areas.list.bottom() {
            set(buffer, Position::new(x, y), "│", style);
        }
    }
}

fn set(buffer: &mut Buffer, position: Position, glyph: &str, style: ratatui::style::Style) {
    if let Some(cell) = buffer.cell_mut(position) {
        cell.set_symbol(glyph).set_style(style);
    }
}
