use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::{act, filtering, moving};
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::overlays::Overlay;
use crate::tui::view::{hints, places, strata_places, tab_places};

/// A click does what the key for it would do; the wheel scrolls what is
/// below the pointer.
pub(super) fn on_mouse(model: &mut Model, event: MouseEvent) -> Vec<Effect> {
    let at = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => click(model, at),
        MouseEventKind::ScrollUp => wheel(model, at, -moving::WHEEL),
        MouseEventKind::ScrollDown => wheel(model, at, moving::WHEEL),
        _ => Vec::new(),
    }
}

fn window(model: &Model) -> Rect {
    Rect::from((Position::ORIGIN, model.size))
}

fn click(model: &mut Model, at: Position) -> Vec<Effect> {
    let Some(areas) = places(model, window(model)) else { return Vec::new() };
    if let Some(hint) = hints(model, areas.footer).into_iter().find(|hint| hint.place.contains(at)) {
        return act(model, model.mode(), hint.action);
    }
    if has_box(model) {
        return Vec::new();
    }
    let tab = tab_places(areas.tabs).into_iter().find(|(_, place)| place.contains(at));
    let stratum = strata_places(model, &areas).into_iter().find(|(_, place)| place.contains(at));
    if let Some((tab, _)) = tab {
        moving::show(model, tab);
    } else if let Some((stratum, _)) = stratum {
        filtering::toggle_layer(model, stratum.layer);
    } else if areas.list.contains(at) {
        let row = model.list.top + usize::from(at.y - areas.list.y);
        let id = model.rows().get(row).and_then(|row| row.id());
        if id.is_some() {
            model.list.selected = id;
        }
    }
    Vec::new()
}

fn wheel(model: &mut Model, at: Position, by: isize) -> Vec<Effect> {
    if has_box(model) {
        moving::step(model, by);
    } else if let Some(areas) = places(model, window(model)) {
        if areas.pane.contains(at) {
            moving::scroll_pane(model, by);
        } else if areas.list.contains(at) {
            moving::scroll_list(model, by);
        }
    }
    Vec::new()
}

/// True when a box lies over the list and the pane.
fn has_box(model: &Model) -> bool {
    model.overlays.last().is_some_and(|overlay| !matches!(overlay, Overlay::Search(_)))
}
