use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key with the modifiers that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chord {
    code: KeyCode,
    ctrl: bool,
}

impl Chord {
    /// The escape key.
    pub const ESC: Chord = Chord::code(KeyCode::Esc);

    /// A key that prints this character. Shift is in the character.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Chord::code(KeyCode::Char(c))
    }

    /// A character with the control key.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Chord { code: KeyCode::Char(c), ctrl: true }
    }

    /// A key without modifiers.
    #[must_use]
    pub const fn code(code: KeyCode) -> Self {
        Chord { code, ctrl: false }
    }

    /// The key that was pressed; None for a key that was let go or that comes
    /// with modifiers that no binding has.
    #[must_use]
    pub fn pressed(event: KeyEvent) -> Option<Self> {
        let odd = KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META | KeyModifiers::HYPER;
        if event.kind == KeyEventKind::Release || event.modifiers.intersects(odd) {
            return None;
        }
        Some(Chord { code: event.code, ctrl: event.modifiers.contains(KeyModifiers::CONTROL) })
    }

    /// The character that it types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match (self.code, self.ctrl) {
            (KeyCode::Char(c), false) => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("pgup"),
            KeyCode::PageDown => f.write_str("pgdn"),
            KeyCode::BackTab => f.write_str("shift-tab"),
            KeyCode::Backspace => f.write_str("⌫"),
            other => f.write_str(&format!("{other:?}").to_lowercase()),
        }
    }
}
