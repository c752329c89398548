use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::tui::text::span;
use crate::tui::theme::Theme;
use crate::tui::wrap::wrap;

/// Lines in the making: whatever is written is made harmless and wrapped.
pub(in crate::tui) struct Sheet<'a> {
    /// How it looks.
    pub(in crate::tui) theme: &'a Theme,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl<'a> Sheet<'a> {
    /// An empty sheet of `width` columns.
    pub(in crate::tui) fn new(theme: &'a Theme, width: u16) -> Self {
        Sheet { theme, width: width.into(), lines: Vec::new() }
    }

    /// The lines.
    pub(in crate::tui) fn lines(mut self) -> Vec<Line<'static>> {
        while self.lines.last().is_some_and(|line| line.spans.iter().all(|span| span.content.is_empty())) {
            self.lines.pop();
        }
        self.lines
    }

    /// How many columns a line has.
    pub(in crate::tui) fn width(&self) -> usize {
        self.width
    }

    /// Writes a line; what does not fit goes on below, `hang` columns in.
    pub(in crate::tui) fn line(&mut self, line: Line<'_>, hang: usize) {
        self.lines.extend(wrap(&line, self.width, hang));
    }

    /// Writes a line of one style.
    pub(in crate::tui) fn text(&mut self, text: &str, style: Style) {
        for line in text.split('\n') {
            self.line(Line::from(span(line, style)), 0);
        }
    }

    /// Writes an ordinary line.
    pub(in crate::tui) fn plain(&mut self, text: &str) {
        self.text(text, self.theme.text.style());
    }

    /// Writes a line that may be overlooked.
    pub(in crate::tui) fn dim(&mut self, text: &str) {
        self.text(text, self.theme.dim.style());
    }

    /// Writes a line that stands out.
    pub(in crate::tui) fn bold(&mut self, text: &str) {
        self.text(text, self.theme.text.style().add_modifier(Modifier::BOLD));
    }

    /// Writes a heading.
    pub(in crate::tui) fn heading(&mut self, text: &str) {
        self.text(text, self.theme.heading.style());
    }

    /// Writes a labelled value in `style`; the labels of several are aligned
    /// by `column`.
    pub(in crate::tui) fn field(&mut self, label: &str, column: usize, value: &str, style: Style) {
        let label = span(&format!("{label:<column$}"), self.theme.dim.style());
        self.labelled(label, column, value, style);
    }

    /// Writes an ordinary value with a label in `style`.
    pub(in crate::tui) fn field_in(&mut self, label: &str, column: usize, style: Style, value: &str) {
        let label = span(&format!("{label:<column$}"), style);
        self.labelled(label, column, value, self.theme.text.style());
    }

    fn labelled(&mut self, label: Span<'static>, column: usize, value: &str, style: Style) {
        let mut label = label;
        for line in value.split('\n') {
            self.line(Line::from(vec![label, span(line, style)]), column);
            label = Span::raw(" ".repeat(column));
        }
    }

    /// Leaves a line free, unless one is free already.
    pub(in crate::tui) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.spans.iter().all(|span| span.content.is_empty())) {
            self.lines.push(Line::default());
        }
    }
}
