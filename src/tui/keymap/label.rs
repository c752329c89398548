use super::{Action, Mode};
use crate::model::Class;
use crate::tui::model::{Model, Selected, Show};
use crate::tui::update::command_of;

/// What a key does right now, in a word or two for the footer; None when it
/// would do nothing.
pub(in crate::tui) fn label(model: &Model, mode: Mode, action: Action) -> Option<&'static str> {
    match action {
        Action::Fix => fix(model),
        Action::NextFix => (fixes(model) > 1).then_some("next fix"),
        Action::Undo if mode == Mode::Main => (!model.session.done.is_empty()).then_some("undo"),
        Action::Undo => Some("undo"),
        Action::Copy => command_of(model).map(|_| "copy"),
        Action::Recheck if mode == Mode::Manual => Some("done, recheck"),
        Action::Recheck => model.selected().map(|_| "recheck"),
        Action::Open => model.selected().map(|_| "full screen"),
        Action::NextLayer => Some(if model.list.layer.is_some() { "next layer" } else { "layer" }),
        Action::ProblemsOnly => Some(if model.list.show == Show::All { "problems only" } else { "show all" }),
        Action::NextTab => Some(model.pane.tab.step(1).title()),
        Action::Search => Some("search"),
        Action::History => Some("history"),
        Action::Cross => Some("builds"),
        Action::Right => Some("next column"),
        Action::Export => Some("export"),
        Action::Help => Some("help"),
        Action::Accept if mode == Mode::Search => Some("keep"),
        Action::Accept => Some("apply"),
        Action::Finish => Some("finish"),
        Action::Quit => Some("quit"),
        Action::Back => Some(match mode {
            Mode::Confirm => "no",
            Mode::Search => "clear",
            Mode::Recovery => "later",
            _ => "back",
        }),
        _ => None,
    }
}

fn fixes(model: &Model) -> usize {
    match model.selected() {
        Some(Selected::Finding(_, finding)) => finding.fixes.len(),
        _ => 0,
    }
}

fn fix(model: &Model) -> Option<&'static str> {
    let Some(Selected::Finding(_, finding)) = model.selected() else { return None };
    Some(match finding.fixes.get(model.pane.fix)?.class {
        Class::Safe => "fix",
        Class::Review => "fix…",
        Class::Root => "fix as root…",
        Class::Manual => "how to fix",
    })
}
