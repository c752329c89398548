use std::fmt::Write;

use super::{Paint, Style};
use crate::model::text::plain;

/// How something is written as text.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions {
    /// With colours or without.
    pub paint: Paint,
    /// Columns of the terminal.
    pub width: usize,
}

/// Text for people, written line by line.
pub(super) struct Writer {
    out: String,
    options: TextOptions,
}

impl Writer {
    pub(super) fn new(options: TextOptions) -> Writer {
        Writer { out: String::new(), options }
    }

    /// What was written.
    pub(super) fn into_text(self) -> String {
        self.out
    }

    /// Columns of the terminal, for what is no running text.
    pub(super) fn terminal(&self) -> usize {
        self.options.width
    }

    /// A line as it is, without blanks at its end.
    pub(super) fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{}", line.trim_end());
    }

    /// A piece of a line in a style.
    pub(super) fn paint(&self, style: Style, content: &str) -> String {
        self.options.paint.apply(style, content)
    }

    /// Plain text, indented and wrapped at the terminal's width.
    pub(super) fn wrapped(&mut self, indent: usize, content: &str, style: Option<Style>) {
        self.hanging(&" ".repeat(indent), indent, content, style);
    }

    /// As [`Writer::wrapped`], with a lead before the first line: it is
    /// written as it is, and takes so many columns.
    pub(super) fn hanging(&mut self, lead: &str, columns: usize, content: &str, style: Option<Style>) {
        let width = self.options.width.clamp(40, 100).saturating_sub(columns);
        let blanks = " ".repeat(columns);
        for (at, line) in textwrap::wrap(&plain(content), width).into_iter().enumerate() {
            let lead = if at == 0 { lead } else { &blanks };
            let line = style.map_or_else(|| line.to_string(), |style| self.paint(style, &line));
            self.line(&format!("{lead}{line}"));
        }
    }
}
