use crossterm::style::{Attribute, Color, ContentStyle};

use crate::model::{Severity, text};

/// Whether colours are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// With ANSI colours, from the terminal's own palette.
    Colour,
    /// Text alone.
    Plain,
}

/// What a piece of text is, to be told by its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Something fails.
    Error,
    /// Something will fail.
    Warning,
    /// Worth knowing.
    Info,
    /// Right.
    Good,
    /// Less important.
    Dim,
    /// More important.
    Strong,
    /// A command to type.
    Command,
    /// A line that a diff takes away.
    Removed,
    /// A line that a diff adds.
    Added,
}

impl From<Severity> for Style {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Style::Error,
            Severity::Warning => Style::Warning,
            Severity::Info => Style::Info,
        }
    }
}

impl Paint {
    /// `content` in a style, with everything that could move the cursor
    /// written out.
    #[must_use]
    pub fn apply(self, style: Style, content: &str) -> String {
        let content = text::plain(content);
        if self == Paint::Plain {
            return content.into_owned();
        }
        let mut look = ContentStyle::new();
        match style {
            Style::Error | Style::Removed => look.foreground_color = Some(Color::Red),
            Style::Warning => look.foreground_color = Some(Color::Yellow),
            Style::Info => look.foreground_color = Some(Color::Blue),
            Style::Good | Style::Added => look.foreground_color = Some(Color::Green),
            Style::Command => look.foreground_color = Some(Color::Cyan),
            Style::Dim => look.attributes.set(Attribute::Dim),
            Style::Strong => look.attributes.set(Attribute::Bold),
        }
        look.apply(content).to_string()
    }
}
