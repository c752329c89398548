//! What a window shows that is too small.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{mark, put};
use crate::model::Summary;
use crate::tui::layout::SMALLEST;
use crate::tui::model::Model;
use crate::tui::text::{fit_line, line_width, span};

pub(super) fn draw(model: &Model, buffer: &mut Buffer) {
    let window = *buffer.area();
    let theme = &model.theme;
    let wanted = format!("gomedic needs {} × {}", SMALLEST.width, SMALLEST.height);
    let here = format!("this window has {} × {}", window.width, window.height);
    let mut so_far = Line::default();
    for (glyph, count, style) in mark::counts(theme, &Summary::count(model.runs.reports())) {
        so_far.push_span(span(&format!("{glyph} {count}  "), style));
    }
    so_far.push_span(span("q quit", theme.dim.style()));
    let lines = [Line::from(span(&wanted, theme.heading.style())), Line::from(span(&here, theme.text.style())), so_far];
    let top = window.height.saturating_sub(3) / 2;
    for (y, line) in (top..window.height).zip(lines) {
        let line = fit_line(line, window.width.into());
        let x = u16::try_from((usize::from(window.width) - line_width(&line)) / 2).unwrap_or(0);
        put(&line, Rect::new(x, y, window.width - x, 1), buffer);
    }
}
