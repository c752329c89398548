use super::fixing::{begin_work, end_work};
use crate::model::Privilege;
use crate::tui::backend::{Entry, EntryState, FixOutcome, UndoOutcome};
use crate::tui::effect::Effect;
use crate::tui::message::Purpose;
use crate::tui::model::{Model, Notice, RowId};
use crate::tui::overlays::{Confirm, MessageBox, Overlay, Question};

/// What is to be taken back.
struct Meant {
    entry: String,
    title: String,
    privilege: Privilege,
    state: EntryState,
}

impl From<Entry> for Meant {
    fn from(entry: Entry) -> Self {
        Meant { entry: entry.id, title: entry.title, privilege: entry.privilege, state: entry.state }
    }
}

/// Takes back what is meant: the selected entry of the journal, the selected
/// fix, or the newest one of this session. What takes root's rights is asked
/// about first, unless the question was just what to do with it.
pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    let (meant, asked) = match model.overlays.last_mut() {
        Some(Overlay::History(history)) => (history.selected().cloned().map(Meant::from), false),
        Some(Overlay::Recovery(recovery)) => (recovery.entries.pop_front().map(Meant::from), true),
        _ => (of_session(model), false),
    };
    leave_decided(model);
    let Some(Meant { entry, title, privilege, state }) = meant else {
        model.notice = Some(Notice::plain("Nothing was fixed in this session; h shows what was applied before."));
        return Vec::new();
    };
    match state {
        EntryState::Undone => {
            model.notice = Some(Notice::plain("This was taken back already."));
            Vec::new()
        }
        EntryState::Final(why) => {
            model.notice = Some(Notice::bad(format!("This cannot be taken back: {why}")));
            Vec::new()
        }
        EntryState::Applied | EntryState::Interrupted(_) if privilege == Privilege::Root && !asked => {
            model.overlays.push(Overlay::Confirm(Confirm::new(Question::UndoAsRoot { entry, title })));
            Vec::new()
        }
        EntryState::Applied | EntryState::Interrupted(_) => undo_now(model, entry, privilege),
    }
}

/// Takes an entry back, unless something else is being done.
pub(super) fn undo_now(model: &mut Model, entry: String, privilege: Privilege) -> Vec<Effect> {
    if begin_work(model, "taking back".to_owned()) { vec![Effect::Undo { entry, privilege }] } else { Vec::new() }
}

/// The selected fix, or the newest one of this session.
fn of_session(model: &Model) -> Option<Meant> {
    let done = match &model.pane.of {
        Some(RowId::Done(entry)) => model.session.entry(entry),
        Some(RowId::Finding(check, key)) => model.session.of(check, key),
        _ => None,
    };
    let done = done.or(model.session.done.last())?;
    Some(Meant {
        entry: done.entry.clone(),
        title: done.title.clone(),
        privilege: done.privilege,
        state: EntryState::Applied,
    })
}

/// Brings an interrupted entry to its end.
pub(super) fn finish(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Recovery(recovery)) = model.overlays.last_mut() else { return Vec::new() };
    let entry = recovery.entries.pop_front();
    leave_decided(model);
    match entry {
        Some(entry) if begin_work(model, format!("finishing: {}", entry.title)) => {
            vec![Effect::Finish { entry: entry.id, privilege: entry.privilege }]
        }
        _ => Vec::new(),
    }
}

/// Closes the recovery once nothing is left to be decided on.
fn leave_decided(model: &mut Model) {
    if matches!(model.overlays.last(), Some(Overlay::Recovery(recovery)) if recovery.entries.is_empty()) {
        model.overlays.pop();
    }
}

/// Taking back came to its end.
pub(super) fn undone(model: &mut Model, entry: &str, outcome: UndoOutcome) -> Vec<Effect> {
    match outcome {
        UndoOutcome::Undone => {
            let title = model.session.entry(entry).map(|done| format!("taken back: {}", done.title));
            model.session.done.retain(|done| done.entry != entry);
            model.notice = Some(Notice::Good(title.unwrap_or_else(|| "taken back".to_owned())));
        }
        UndoOutcome::Refused { why, diff } => {
            model.overlays.push(Overlay::Message(MessageBox {
                title: "Not taken back".to_owned(),
                text: why,
                diff,
                scroll: 0,
            }));
        }
        UndoOutcome::Failed(why) => model.notice = Some(Notice::bad(format!("not taken back: {why}"))),
    }
    ended(model)
}

/// Finishing came to its end.
pub(super) fn finished(model: &mut Model, _entry: &str, outcome: FixOutcome) -> Vec<Effect> {
    model.notice = Some(match outcome {
        FixOutcome::Resolved => Notice::Good("finished and resolved".to_owned()),
        FixOutcome::Uncovered(what) => Notice::Good(format!("finished and resolved; behind it stood {what}")),
        FixOutcome::Eased(what) => Notice::Good(format!("finished; what is left is only this {what}")),
        FixOutcome::Pending(what) => Notice::Waiting(format!("finished, and seen after {what}")),
        FixOutcome::Unchanged => Notice::bad("finished, but the finding is still there"),
        FixOutcome::Worse(why) => Notice::bad(format!("worse than before: {why}")),
        FixOutcome::Failed(why) => Notice::bad(format!("not finished: {why}")),
    });
    ended(model)
}

fn ended(model: &mut Model) -> Vec<Effect> {
    let mut effects = end_work(model);
    if model.overlays.iter().any(|overlay| matches!(overlay, Overlay::History(_))) {
        effects.push(Effect::History(Purpose::Show));
    }
    effects
}
