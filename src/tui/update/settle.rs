use ratatui::layout::{Position, Rect};

use crate::tui::effect::Effect;
use crate::tui::model::{Model, Row, Tab, Tracing};
use crate::tui::overlays::placed;
use crate::tui::panes;
use crate::tui::view::places;

/// Puts right what a change may have put wrong: a selected row that is gone,
/// a selection out of sight, a scroll beyond the end. Asks for the trace that
/// is on the screen.
pub(super) fn settle(model: &mut Model, resized: bool) -> Vec<Effect> {
    let window = Rect::from((Position::ORIGIN, model.size));
    keep_selection(model);
    let Some(areas) = places(model, window) else { return Vec::new() };
    reveal(model, areas.list.height.into(), resized);
    if model.pane.scroll > 0 {
        let lines = panes::lines(model, areas.pane.width).len();
        model.pane.scroll = model.pane.scroll.min(lines.saturating_sub(areas.pane.height.into()));
    }
    keep_overlays(model, window);
    wanted_trace(model)
}

/// When the selected row is gone, the one that is now in its place is
/// selected.
fn keep_selection(model: &mut Model) {
    let Some(selected) = &model.list.selected else { return };
    let rows = model.rows();
    if rows.iter().any(|row| row.id().as_ref() == Some(selected)) {
        return;
    }
    let ids: Vec<_> = rows.iter().map(Row::id).collect();
    let at = model.list.last.min(ids.len());
    let near = ids[at..].iter().flatten().next().or_else(|| ids[..at].iter().rev().flatten().next()).cloned();
    model.list.selected = near;
}

/// Scrolls the list to the selection when that has moved.
fn reveal(model: &mut Model, height: usize, resized: bool) {
    let rows = model.rows();
    let (count, cursor) = (rows.len(), model.cursor(&rows));
    let of = cursor.and_then(|at| rows[at].id());
    let is_first = cursor.is_some_and(|at| rows[..at].iter().all(|row| row.id().is_none()));
    let at = cursor.unwrap_or(0);
    if of != model.pane.of {
        model.pane.scroll = 0;
        model.pane.fix = 0;
    }
    if of != model.pane.of || at != model.list.last || resized {
        model.list.top = model.list.top.clamp((at + 1).saturating_sub(height), at);
        if is_first {
            model.list.top = 0;
        }
    }
    model.list.top = model.list.top.min(count.saturating_sub(height));
    model.list.last = at;
    model.pane.of = of;
}

fn keep_overlays(model: &mut Model, window: Rect) {
    for at in 0..model.overlays.len() {
        let most = placed(model, &model.overlays[at], window)
            .map_or(0, |placed| placed.lines.len().saturating_sub(placed.inner.height.into()));
        if let Some(scroll) = model.overlays[at].scroll_mut() {
            *scroll = (*scroll).min(most);
        }
    }
}

/// Asks for the trace that the open tab wants to show.
fn wanted_trace(model: &mut Model) -> Vec<Effect> {
    if model.pane.tab != Tab::Trace {
        return Vec::new();
    }
    let subject = model.selected().and_then(|selected| selected.finding()).and_then(|finding| finding.subject.clone());
    match subject {
        Some(subject) if !model.traces.contains_key(&subject) => {
            model.traces.insert(subject.clone(), Tracing::Awaited);
            vec![Effect::Trace(subject)]
        }
        _ => Vec::new(),
    }
}
