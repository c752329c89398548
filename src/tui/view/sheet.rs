//! The box of an overlay.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::{put_lines, scrollbar};
use crate::tui::model::Model;
use crate::tui::overlays::{Overlay, Placed, placed};
use crate::tui::text::{fit, span};

pub(super) fn draw(model: &Model, overlay: &Overlay, window: Rect, buffer: &mut Buffer) {
    let Some(Placed { outer, inner, lines }) = placed(model, overlay, window) else { return };
    let theme = &model.theme;
    step_back(model, window, buffer);
    let title = format!(" {} ", fit(&overlay.title(model), usize::from(outer.width).saturating_sub(6)));
    Clear.render(outer, buffer);
    Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.accent.style())
        .title(span(&title, theme.heading.style()))
        .render(outer, buffer);
    put_lines(&lines, overlay.scroll(), inner, buffer);
    let bar = Rect { x: outer.right() - 1, width: 1, ..inner };
    scrollbar(theme, lines.len(), overlay.scroll(), bar, buffer);
}

/// What lies behind loses its colours, so that the box stands out.
fn step_back(model: &Model, window: Rect, buffer: &mut Buffer) {
    let behind = model.theme.behind.style();
    for position in window.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.set_style(ratatui::style::Style::reset()).set_style(behind);
        }
    }
}
