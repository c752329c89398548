use crate::model::Matrix;
use crate::tui::backend::{Entry, EntryState};
use crate::tui::effect::Effect;
use crate::tui::message::{Message, Purpose};
use crate::tui::model::{Model, Notice, Tracing};
use crate::tui::overlays::{Crossing, History, Overlay, Recovery};

/// Takes in the answers to effects that need nothing more.
pub(super) fn take(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::History { purpose: Purpose::Show, entries } => show(model, entries),
        Message::History { purpose: Purpose::Recovery, entries } => recover(model, entries.unwrap_or_default()),
        Message::Traced { subject, trace } => {
            model.traces.insert(subject, Tracing::Ready(trace));
        }
        Message::Crossed(answer) => crossed(model, answer),
        Message::Exported(Ok(place)) => model.notice = Some(Notice::Good(format!("the report was written: {place}"))),
        Message::Exported(Err(why)) => model.notice = Some(Notice::bad(format!("the report was not written: {why}"))),
        Message::Copied { text, error: None } => {
            model.notice = Some(Notice::plain(format!("sent to the terminal's clipboard: {text}")));
        }
        Message::Copied { text, error: Some(why) } => {
            model.notice = Some(Notice::bad(format!("not copied ({why}): {text}")));
        }
        Message::NotSuspended(why) => model.notice = Some(Notice::plain(why)),
        _ => {}
    }
    Vec::new()
}

/// Shows the journal, or what it says now.
fn show(model: &mut Model, entries: Result<Vec<Entry>, String>) {
    let open = model.overlays.iter_mut().rev().find_map(|overlay| match overlay {
        Overlay::History(history) => Some(history),
        _ => None,
    });
    match open {
        Some(history) => {
            history.entries = entries;
            history.cursor = history.cursor.min(history.len().saturating_sub(1));
        }
        None => model.overlays.push(Overlay::History(History::new(entries))),
    }
}

/// Shows what the project builds for, if the user still wants to see it.
fn crossed(model: &mut Model, answer: Result<Box<Matrix>, String>) {
    for overlay in &mut model.overlays {
        if let Overlay::Cross(cross) = overlay {
            cross.state = match answer {
                Ok(matrix) => Crossing::Ready(matrix),
                Err(why) => Crossing::Failed(why),
            };
            return;
        }
    }
}

/// Asks about what was left half done, if anything was.
fn recover(model: &mut Model, entries: Vec<Entry>) {
    let interrupted = entries.into_iter().filter(|entry| matches!(entry.state, EntryState::Interrupted(_)));
    let recovery = Recovery { entries: interrupted.collect() };
    if !recovery.entries.is_empty() {
        model.overlays.push(Overlay::Recovery(recovery));
    }
}
