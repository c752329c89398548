//! The bar that tells how much there is beyond what fits.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::theme::Theme;

/// Draws it into the column `area`, when `lines` do not fit its height.
pub(in crate::tui) fn scrollbar(theme: &Theme, lines: usize, scroll: usize, area: Rect, buffer: &mut Buffer) {
    let height = usize::from(area.height);
    if lines <= height || height == 0 {
        return;
    }
    let thumb = (height * height / lines).max(1);
    let most = lines - height;
    let from = (height - thumb) * scroll.min(most) / most;
    for (at, y) in (area.top()..area.bottom()).enumerate() {
        let inside = (from..from + thumb).contains(&at);
        let (glyph, style) = if inside { ("┃", theme.accent.style()) } else { ("│", theme.border.style()) };
        if let Some(cell) = buffer.cell_mut(Position::new(area.x, y)) {
            cell.set_symbol(glyph).set_style(style);
        }
    }
}
