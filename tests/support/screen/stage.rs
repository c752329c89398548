use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use gomedic::checks::Check;
use gomedic::model::Event;
use gomedic::tui::{Effect, Message, Model, Theme, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// A dashboard, with the effects that it asked for.
pub struct Stage {
    pub model: Model,
    pub effects: Vec<Effect>,
    size: Size,
}

impl Stage {
    pub fn new(theme: &str, (width, height): (u16, u16), checks: Vec<&'static Check>) -> Self {
        let size = Size { width, height };
        let mut model = Model::new(Theme::named(theme).expect("a theme"), size, checks);
        let effects = gomedic::tui::start(&mut model);
        Stage { model, effects, size }
    }

    pub fn send(&mut self, message: Message) -> &mut Self {
        if let Message::Resize(size) = message {
            self.size = size;
        }
        self.effects.extend(update(&mut self.model, message));
        self
    }

    /// Something that the newest run tells.
    pub fn event(&mut self, event: Event) -> &mut Self {
        let run = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Start { run, .. } => Some(*run),
            _ => None,
        });
        self.send(Message::Run { run: run.expect("a run was started"), event })
    }

    pub fn at(&mut self, millis: u64) -> &mut Self {
        self.send(Message::Tick(Duration::from_millis(millis)))
    }

    pub fn resize(&mut self, (width, height): (u16, u16)) -> &mut Self {
        self.send(Message::Resize(Size { width, height }))
    }

    /// Presses keys, separated by blanks: `j`, `enter`, `ctrl-c`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.send(Message::Key(key_event(key)));
        }
        self
    }

    /// Clicks where `text` stands on the screen.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let (column, row) =
            self.find(text).unwrap_or_else(|| panic!("'{text}' is not on the screen:\n{}", self.text()));
        let kind = MouseEventKind::Down(MouseButton::Left);
        self.send(Message::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    /// Turns the wheel where `text` stands on the screen.
    pub fn wheel_down(&mut self, text: &str) -> &mut Self {
        let (column, row) =
            self.find(text).unwrap_or_else(|| panic!("'{text}' is not on the screen:\n{}", self.text()));
        let kind = MouseEventKind::ScrollDown;
        self.send(Message::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    pub fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.width, self.size.height));
        view(&self.model, &mut buffer);
        buffer
    }

    pub fn text(&self) -> String {
        super::snapshot::glyphs(&self.buffer())
    }

    /// The line of the screen that contains `text`.
    pub fn line(&self, text: &str) -> String {
        let screen = self.text();
        let line = screen.lines().find(|line| line.contains(text));
        line.unwrap_or_else(|| panic!("'{text}' is not on the screen:\n{screen}")).to_owned()
    }

    /// What was asked for since this was last called.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    fn find(&self, text: &str) -> Option<(u16, u16)> {
        let screen = self.text();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text))?;
        let column = line[..line.find(text)?].chars().count();
        Some((u16::try_from(column).ok()?, u16::try_from(row).ok()?))
    }
}

/// The event of a key by its name.
pub fn key_event(name: &str) -> KeyEvent {
    if let Some(c) = name.strip_prefix("ctrl-") {
        return KeyEvent::new(KeyCode::Char(c.chars().next().expect("a character")), KeyModifiers::CONTROL);
    }
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "shift-tab" => return KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT),
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        name => KeyCode::Char(name.chars().next().expect("a character")),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}
