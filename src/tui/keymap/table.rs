use crossterm::event::KeyCode;

use super::{Action, Binding, Chord, Mode};
use crate::tui::model::Tab;

/// Keys that belong together.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) struct Section {
    /// What they are for, as a heading of the help.
    pub(in crate::tui) title: &'static str,
    /// The keys, those first that matter most.
    pub(in crate::tui) bindings: &'static [Binding],
}

const fn section(title: &'static str, bindings: &'static [Binding]) -> Section {
    Section { title, bindings }
}

/// The keys of a mode, section by section.
pub(in crate::tui) fn sections(mode: Mode) -> &'static [Section] {
    const MAIN_KEYS: Section = section("Fix and look again", MAIN);
    const MOVE_KEYS: Section = section("Move", MOVE);
    const TAB_KEYS: Section = section("The pane", TABS);
    const CLOSE_KEYS: Section = section("Close", CLOSE);
    const ANYWHERE_KEYS: Section = section("Anywhere", ANYWHERE);
    match mode {
        Mode::Main => {
            const { &[MAIN_KEYS, section("Find", FIND), TAB_KEYS, MOVE_KEYS, section("Help and end", LEAVE), ANYWHERE_KEYS] }
        }
        Mode::Search => const { &[section("While searching", SEARCH), ANYWHERE_KEYS] },
        Mode::Page => const { &[section("Full screen", PAGE), TAB_KEYS, MOVE_KEYS, CLOSE_KEYS, ANYWHERE_KEYS] },
        Mode::Confirm => const { &[section("Before a fix", CONFIRM), MOVE_KEYS, ANYWHERE_KEYS] },
        Mode::Manual => const { &[section("A fix by hand", MANUAL), MOVE_KEYS, CLOSE_KEYS, ANYWHERE_KEYS] },
        Mode::History => const { &[section("History", HISTORY), MOVE_KEYS, CLOSE_KEYS, ANYWHERE_KEYS] },
        Mode::Cross => const { &[section("What the project builds for", CROSS), MOVE_KEYS, CLOSE_KEYS, ANYWHERE_KEYS] },
        Mode::Recovery => const { &[section("After an interruption", RECOVERY), ANYWHERE_KEYS] },
        Mode::Help | Mode::Message => const { &[MOVE_KEYS, CLOSE_KEYS, ANYWHERE_KEYS] },
    }
}

/// The keys of a mode.
pub(in crate::tui) fn bindings(mode: Mode) -> impl Iterator<Item = &'static Binding> {
    sections(mode).iter().flat_map(|section| section.bindings)
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
    key(&[Chord::char('y'), Chord::char('c')], Action::Copy, "copy the command to the clipboard", 45),
    key(&[Chord::char('h')], Action::History, "show what was applied, and take it back", 20),
    key(&[Chord::char('b')], Action::Cross, "show what the project builds for, target by target", 22),
    key(&[Chord::char('e')], Action::Export, "write the report into the current folder", 25),
];

const FIND: &[Binding] = &[
    key(&[Chord::char('/')], Action::Search, "search in summaries, ids and evidence", 60),
    key(&[Chord::char('l')], Action::NextLayer, "show one layer, then the next, then all", 30),
    key(&[Chord::char('o')], Action::ProblemsOnly, "show only problems, or every check", 55),
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

const CROSS: &[Binding] = &[
    key(&[Chord::code(KeyCode::Right), Chord::code(KeyCode::Tab), Chord::char('l')], Action::Right, "to the right", 90),
    quiet(&[Chord::code(KeyCode::Left), Chord::code(KeyCode::BackTab), Chord::char('h')], Action::Left, "to the left"),
    key(&[Chord::char('y'), Chord::char('c')], Action::Copy, "copy the command to the clipboard", 100),
];

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
