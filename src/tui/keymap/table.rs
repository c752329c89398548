use crossterm::event::KeyCode;

use super::{Action, Binding, Chord, Mode};
use crate::tui::model::Tab;

/// The keys of a mode, those first that matter most.
pub(in crate::tui) fn bindings(mode: Mode) -> impl Iterator<Item = &'static Binding> {
    let own: &[&[Binding]] = match mode {
        Mode::Main => &[MAIN, MOVE, TABS, LEAVE],
        Mode::Search => &[SEARCH],
        Mode::Page => &[PAGE, MOVE, TABS, CLOSE],
        Mode::Confirm => &[CONFIRM, MOVE],
        Mode::Manual => &[MANUAL, MOVE, CLOSE],
        Mode::History => &[HISTORY, MOVE, CLOSE],
        Mode::Recovery => &[RECOVERY],
        Mode::Help | Mode::Message => &[MOVE, CLOSE],
    };
    own.iter().copied().flatten().chain(ANYWHERE)
}

const fn key(keys: &'static [Chord], action: Action, help: &'static str, weight: u8) -> Binding {
    Binding { keys, action, help, weight: Some(weight) }
}

const fn quiet(keys: &'static [Chord], action: Action, help: &'static str) -> Binding {
    Binding { keys, action, help, weight: None }
}

const MAIN: &[Binding] = &[
    key(&[Chord::char('f')], Action::Fix, "apply the fix in view; all but safe ones ask first", 100),
    key(&[Chord::char('u')], Action::Undo, "take back the selected fix, or the newest one", 90),
    key(&[Chord::char('n')], Action::NextFix, "view the next fix of the finding", 70),
    key(&[Chord::char('r')], Action::Recheck, "run the selected check again", 50),
    quiet(&[Chord::char('R')], Action::RecheckAll, "run all checks again"),
    key(&[Chord::code(KeyCode::Enter)], Action::Open, "show the pane on the whole screen", 40),
    key(&[Chord::char('/')], Action::Search, "search in summaries, ids and evidence", 60),
    key(&[Chord::char('l')], Action::NextLayer, "show one layer, then the next, then all", 30),
    key(&[Chord::char('o')], Action::ProblemsOnly, "show only problems, or every check", 55),
    key(&[Chord::char('y'), Chord::char('c')], Action::Copy, "copy the command to the clipboard", 45),
    key(&[Chord::char('h')], Action::History, "show what was applied, and take it back", 20),
    key(&[Chord::char('e')], Action::Export, "write the report into the current folder", 25),
];

const MOVE: &[Binding] = &[
    quiet(&[Chord::code(KeyCode::Up), Chord::char('k')], Action::Up, "up"),
    quiet(&[Chord::code(KeyCode::Down), Chord::char('j')], Action::Down, "down"),
    quiet(&[Chord::char('g'), Chord::code(KeyCode::Home)], Action::First, "to the start"),
    quiet(&[Chord::char('G'), Chord::code(KeyCode::End)], Action::Last, "to the end"),
    quiet(&[Chord::code(KeyCode::PageUp)], Action::PageUp, "scroll back"),
    quiet(&[Chord::code(KeyCode::PageDown), Chord::char(' ')], Action::PageDown, "scroll on"),
];

const TABS: &[Binding] = &[
    key(&[Chord::code(KeyCode::Tab), Chord::code(KeyCode::Right)], Action::NextTab, "the next tab of the pane", 65),
    quiet(&[Chord::code(KeyCode::BackTab), Chord::code(KeyCode::Left)], Action::PreviousTab, "the tab before"),
    quiet(&[Chord::char('1')], Action::Show(Tab::Explain), "Explain: what it means"),
    quiet(&[Chord::char('2')], Action::Show(Tab::Evidence), "Evidence: where it was seen"),
    quiet(&[Chord::char('3')], Action::Show(Tab::Fix), "Fix: what would be done"),
    quiet(&[Chord::char('4')], Action::Show(Tab::Trace), "Trace: what each context sees"),
];

const LEAVE: &[Binding] = &[
    key(&[Chord::char('?')], Action::Help, "show the keys", 110),
    key(&[Chord::char('q')], Action::Quit, "quit", 120),
    quiet(&[Chord::ESC], Action::Back, "clear search and filters one by one, then quit"),
];

const CLOSE: &[Binding] = &[key(&[Chord::ESC, Chord::char('q')], Action::Back, "back", 120)];

const SEARCH: &[Binding] = &[
    key(&[Chord::code(KeyCode::Enter)], Action::Accept, "keep what is found", 100),
    key(&[Chord::ESC], Action::Back, "show everything again", 90),
    quiet(&[Chord::code(KeyCode::Up)], Action::Up, "up"),
    quiet(&[Chord::code(KeyCode::Down)], Action::Down, "down"),
];

const PAGE: &[Binding] = &[
    key(&[Chord::char('f')], Action::Fix, "apply the fix in view", 100),
    key(&[Chord::char('n')], Action::NextFix, "view the next fix of the finding", 70),
    key(&[Chord::char('y'), Chord::char('c')], Action::Copy, "copy the command to the clipboard", 45),
    quiet(&[Chord::code(KeyCode::Enter)], Action::Open, "back"),
];

const CONFIRM: &[Binding] = &[
    key(&[Chord::char('y')], Action::Accept, "yes, apply it", 100),
    key(&[Chord::char('n'), Chord::ESC, Chord::char('q')], Action::Back, "no, leave all as it is", 110),
    key(&[Chord::char('c')], Action::Copy, "copy the command to the clipboard", 45),
];

const MANUAL: &[Binding] = &[
    key(&[Chord::char('y'), Chord::char('c')], Action::Copy, "copy the command to the clipboard", 100),
    key(&[Chord::char('r')], Action::Recheck, "done: run the check again", 90),
];

const HISTORY: &[Binding] =
    &[key(&[Chord::char('u'), Chord::code(KeyCode::Enter)], Action::Undo, "take back the selected entry", 100)];

const RECOVERY: &[Binding] = &[
    key(&[Chord::char('f')], Action::Finish, "bring the fix to its end", 100),
    key(&[Chord::char('u')], Action::Undo, "take back what was done of it", 90),
    key(&[Chord::ESC, Chord::char('l'), Chord::char('q')], Action::Back, "leave it for later", 80),
];

const ANYWHERE: &[Binding] = &[
    quiet(&[Chord::ctrl('c')], Action::Quit, "quit"),
    quiet(&[Chord::ctrl('z')], Action::Suspend, "back to the shell; fg returns"),
    quiet(&[Chord::ctrl('l')], Action::Redraw, "draw everything anew"),
];
