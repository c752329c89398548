use super::{copying, filtering, fixing, moving, quit, running, searching, undoing};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Mode};
use crate::tui::message::Purpose;
use crate::tui::model::Model;
use crate::tui::overlays::{Cross, Help, Overlay, Page, Search};

/// Does what a key of this mode asks for.
pub(super) fn act(model: &mut Model, mode: Mode, action: Action) -> Vec<Effect> {
    match action {
        Action::Up => moving::step(model, -1),
        Action::Down => moving::step(model, 1),
        Action::First => moving::first(model),
        Action::Last => moving::last(model),
        Action::PageUp => moving::page(model, -1),
        Action::PageDown => moving::page(model, 1),
        Action::NextTab => moving::show(model, model.pane.tab.step(1)),
        Action::PreviousTab => moving::show(model, model.pane.tab.step(3)),
        Action::Show(tab) => moving::show(model, tab),
        Action::NextFix => fixing::next(model),
        Action::NextLayer => filtering::next_layer(model),
        Action::ProblemsOnly => filtering::problems_only(model),
        Action::Open if mode == Mode::Page => drop(model.overlays.pop()),
        Action::Open => model.overlays.push(Overlay::Page(Page::default())),
        Action::Cross => {
            model.overlays.push(Overlay::Cross(Cross::new()));
            return vec![Effect::Cross];
        }
        Action::Left => moving::turn(model, -1),
        Action::Right => moving::turn(model, 1),
        Action::Help => model.overlays.push(Overlay::Help(Help::default())),
        Action::Search => model.overlays.push(Overlay::Search(Search)),
        Action::Fix => return fixing::fix(model),
        Action::Accept if mode == Mode::Search => drop(model.overlays.pop()),
        Action::Accept => return fixing::accept(model),
        Action::Undo => return undoing::undo(model),
        Action::Finish => return undoing::finish(model),
        Action::History => return vec![Effect::History(Purpose::Show)],
        Action::Recheck => return running::around_selected(model),
        Action::RecheckAll => return vec![running::all(model)],
        Action::Copy => return copying::copy(model),
        Action::Export => return vec![Effect::Export(Box::new(model.report()))],
        Action::Back => return back(model, mode),
        Action::Quit | Action::Suspend | Action::Redraw => {}
    }
    Vec::new()
}

/// Leaves what is on top; on the main screen takes back search, filter and
/// notice, one at a time, and then ends.
fn back(model: &mut Model, mode: Mode) -> Vec<Effect> {
    if mode == Mode::Search {
        searching::clear(model);
        model.overlays.pop();
    } else if model.overlays.pop().is_some() {
        // The one below gets the keys.
    } else if !model.list.query.is_empty() {
        searching::clear(model);
    } else if model.list.layer.is_some() {
        model.list.layer = None;
    } else if model.notice.take().is_none() {
        return quit(model);
    }
    Vec::new()
}
