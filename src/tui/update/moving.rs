use crate::tui::model::{Model, Tab};
use crate::tui::overlays::{ENTRY_LINES, Overlay};
use crate::tui::view::places;
use ratatui::layout::Rect;

/// Rows that the wheel moves by.
pub(super) const WHEEL: isize = 3;

/// One row up or down: in the list, in the journal, or of text.
pub(super) fn step(model: &mut Model, by: isize) {
    match model.overlays.last_mut() {
        None | Some(Overlay::Search(_)) => select(model, by),
        Some(Overlay::History(history)) => {
            history.cursor = moved(history.cursor, by).min(history.len().saturating_sub(1));
            // Both lines of the entry are to be seen.
            let line = history.cursor * ENTRY_LINES;
            let height: usize = model.size.height.saturating_sub(5).into();
            history.scroll = history.scroll.max((line + ENTRY_LINES).saturating_sub(height)).min(line);
        }
        Some(Overlay::Cross(cross)) => cross.step(by),
        Some(overlay) => {
            if let Some(scroll) = overlay.scroll_mut() {
                *scroll = moved(*scroll, by);
            }
        }
    }
}

/// One column to the side, where there are such.
pub(super) fn turn(model: &mut Model, by: isize) {
    if let Some(Overlay::Cross(cross)) = model.overlays.last_mut() {
        cross.turn(by);
    }
}

/// To the first row, or the start of the text.
pub(super) fn first(model: &mut Model) {
    step(model, isize::MIN / 2);
}

/// To the last row, or the end of the text.
pub(super) fn last(model: &mut Model) {
    step(model, isize::MAX / 2);
}

/// Scrolls text by most of what is on the screen.
pub(super) fn page(model: &mut Model, direction: isize) {
    if model.overlays.is_empty() {
        let window = Rect::from((ratatui::layout::Position::ORIGIN, model.size));
        let height = places(model, window).map_or(0, |areas| areas.pane.height);
        scroll_pane(model, direction * isize::try_from(height.saturating_sub(2).max(1)).unwrap_or(1));
    } else {
        step(model, direction * isize::try_from(model.size.height.saturating_sub(6).max(1)).unwrap_or(1));
    }
}

/// Scrolls the pane.
pub(super) fn scroll_pane(model: &mut Model, by: isize) {
    model.pane.scroll = moved(model.pane.scroll, by);
}

/// Scrolls the list and leaves the selection where it is.
pub(super) fn scroll_list(model: &mut Model, by: isize) {
    model.list.top = moved(model.list.top, by);
}

/// Opens a tab.
pub(super) fn show(model: &mut Model, tab: Tab) {
    if model.pane.tab != tab {
        model.pane.tab = tab;
        model.pane.scroll = 0;
        if let Some(Overlay::Page(page)) = model.overlays.last_mut() {
            page.scroll = 0;
        }
    }
}

/// Selects the row `by` rows away, not counting headings.
fn select(model: &mut Model, by: isize) {
    let rows = model.rows();
    let ids: Vec<_> = rows.iter().filter_map(|row| row.id()).collect();
    let chosen = model.cursor(&rows).and_then(|at| rows[at].id());
    let at = ids.iter().position(|id| Some(id) == chosen.as_ref()).unwrap_or(0);
    let target = ids.get(moved(at, by).min(ids.len().saturating_sub(1))).cloned();
    if target.is_some() {
        model.list.selected = target;
    }
}

fn moved(at: usize, by: isize) -> usize {
    at.saturating_add_signed(by)
}
