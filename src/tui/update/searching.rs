use crossterm::event::KeyCode;

use crate::tui::keymap::Chord;
use crate::tui::model::Model;

/// Longest text that can be searched for, in characters.
const LONGEST: usize = 80;

/// A key that is no command: it types, or takes back what was typed.
pub(super) fn typed(model: &mut Model, chord: Chord) {
    let query = &mut model.list.query;
    if chord == Chord::code(KeyCode::Backspace) {
        query.pop();
    } else if chord == Chord::ctrl('u') {
        query.clear();
    } else if let Some(c) = chord.typed().filter(|c| !c.is_control())
        && query.chars().count() < LONGEST
    {
        query.push(c);
    }
    // The best match is selected while typing.
    model.list.selected = None;
    model.list.top = 0;
}

/// Shows everything again; the selected row stays selected.
pub(super) fn clear(model: &mut Model) {
    let rows = model.rows();
    let selected = model.cursor(&rows).and_then(|at| rows[at].id());
    model.list.query.clear();
    model.list.selected = selected;
}
