//! Explanation pages: Markdown as styled lines.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Sheet;
use crate::tui::text::span;

/// Writes a page: headings, paragraphs, lists, code, emphasis, links.
pub(super) fn write(page: &str, sheet: &mut Sheet<'_>) {
    let base = sheet.theme.text.style();
    let mut writer = Writer { sheet, styles: vec![base], spans: Vec::new(), lists: Vec::new(), code: None, link: None };
    for event in Parser::new(page) {
        writer.take(event);
    }
    writer.flush();
}

struct Writer<'s, 't> {
    sheet: &'s mut Sheet<'t>,
    /// The style of text here, with those around it.
    styles: Vec<Style>,
    /// The paragraph so far.
    spans: Vec<Span<'static>>,
    /// The lists around, with the next number of numbered ones.
    lists: Vec<Option<u64>>,
    /// The code block so far.
    code: Option<String>,
    /// Where the link around leads.
    link: Option<String>,
}

impl Writer<'_, '_> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push(&text, self.style()),
            },
            Event::Code(code) => self.push(&code, self.sheet.theme.code.style()),
            Event::SoftBreak => self.push(" ", self.style()),
            Event::HardBreak => self.flush(),
            Event::Rule => {
                self.block();
                let rule = "─".repeat(self.sheet.width());
                self.sheet.dim(&rule);
            }
            Event::Html(text) | Event::InlineHtml(text) => self.push(&text, self.style()),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if self.spans.is_empty() && self.lists.is_empty() => self.block(),
            Tag::Heading { .. } => {
                self.block();
                self.styles.push(self.sheet.theme.heading.style());
            }
            Tag::Emphasis => self.emphasise(Modifier::ITALIC),
            Tag::Strong => self.emphasise(Modifier::BOLD),
            Tag::BlockQuote(_) => {
                self.block();
                self.styles.push(self.sheet.theme.dim.style());
            }
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.block();
                } else {
                    self.flush();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                let bullet = self.bullet();
                self.spans.push(Span::styled(bullet, self.sheet.theme.accent.style()));
            }
            Tag::CodeBlock(_) => {
                self.block();
                self.code = Some(String::new());
            }
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.into_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::Heading(_) | TagEnd::BlockQuote(_) => {
                self.flush();
                self.styles.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                self.styles.pop();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::Link => {
                if let Some(target) = self.link.take() {
                    self.push(&format!(" ({target})"), self.sheet.theme.dim.style());
                }
            }
            _ => {}
        }
    }

    fn code_block(&mut self) {
        let Some(code) = self.code.take() else { return };
        let theme = self.sheet.theme;
        for line in code.trim_end().lines() {
            let edge = Span::styled("│ ", theme.border.style());
            self.sheet.line(Line::from(vec![edge, span(line, theme.code.style())]), 4);
        }
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    fn emphasise(&mut self, modifier: Modifier) {
        self.styles.push(self.style().add_modifier(modifier));
    }

    fn push(&mut self, text: &str, style: Style) {
        self.spans.push(span(text, style));
    }

    fn bullet(&mut self) -> String {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{indent}{}. ", *number - 1)
            }
            _ => format!("{indent}• "),
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        if self.spans.is_empty() {
            return;
        }
        let hang = if self.lists.is_empty() { 0 } else { self.lists.len() * 2 };
        self.sheet.line(Line::from(std::mem::take(&mut self.spans)), hang);
    }

    /// Ends the paragraph and leaves a line free.
    fn block(&mut self) {
        self.flush();
        self.sheet.gap();
    }
}
