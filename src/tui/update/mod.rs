//! The only place where the model changes.

mod acting;
mod answers;
mod copying;
mod filtering;
mod fixing;
mod mouse;
mod moving;
mod running;
mod searching;
mod settle;
mod undoing;

pub(super) use copying::command_of;

use crossterm::event::KeyEvent;

use super::effect::Effect;
use super::keymap::{self, Action, Chord, Mode};
use super::message::{Message, Purpose};
use super::model::{Model, Notice};
use super::overlays::Overlay;

/// What is to be done when the dashboard opens: a full run, and a look for
/// what an earlier gomedic left half done.
#[must_use]
pub fn start(model: &mut Model) -> Vec<Effect> {
    let run = running::all(model);
    vec![run, Effect::History(Purpose::Recovery)]
}

/// Takes in a message; says what is to be done.
#[must_use]
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let resized = matches!(message, Message::Resize(_));
    let mut effects = match message {
        Message::Key(event) => on_key(model, event),
        Message::Mouse(event) => mouse::on_mouse(model, event),
        Message::Resize(size) => {
            model.size = size;
            Vec::new()
        }
        Message::Tick(now) => {
            model.now = now;
            // Nothing but the time has changed.
            return Vec::new();
        }
        Message::Run { run, event } => running::told(model, run, event),
        Message::RunClosed { run } => running::closed(model, run),
        Message::Applied { request, report } => fixing::applied(model, &request, report),
        Message::Undone { entry, outcome } => undoing::undone(model, &entry, outcome),
        Message::Finished { entry, outcome } => undoing::finished(model, &entry, outcome),
        answer => answers::take(model, answer),
    };
    effects.extend(settle::settle(model, resized));
    effects
}

impl Model {
    /// What is on top, and so which keys there are.
    pub(super) fn mode(&self) -> Mode {
        self.overlays.last().map_or(Mode::Main, Overlay::mode)
    }
}

fn on_key(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let Some(chord) = Chord::pressed(event) else { return Vec::new() };
    if matches!(model.notice, Some(Notice::Plain(_))) {
        model.notice = None;
    }
    let mode = model.mode();
    match keymap::action(mode, chord) {
        Some(action) => act(model, mode, action),
        None => {
            if mode == Mode::Search {
                searching::typed(model, chord);
            }
            Vec::new()
        }
    }
}

/// Does what a key or a click asks for.
fn act(model: &mut Model, mode: Mode, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => quit(model),
        Action::Suspend => vec![Effect::Suspend],
        Action::Redraw => vec![Effect::Redraw],
        _ => acting::act(model, mode, action),
    }
}

/// Ends at once, unless a fix is being applied: then after it, or at the
/// second asking.
fn quit(model: &mut Model) -> Vec<Effect> {
    match &mut model.session.working {
        Some(working) if !working.quit_after => {
            working.quit_after = true;
            working.what.push_str(" (quits after it; once more quits now)");
            Vec::new()
        }
        _ => vec![Effect::Quit],
    }
}
