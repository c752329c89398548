//! The second line: one plain sentence, and the counts.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::{mark, put};
use crate::model::{Severity, Status, Summary, Verdict};
use crate::tui::model::Model;
use crate::tui::text::{span, spread};

pub(super) fn draw(model: &Model, area: Rect, buffer: &mut Buffer) {
    let mut left = vec![Span::raw(" ")];
    left.extend(sentence(model));
    let mut right = counts(model);
    right.push(Span::raw(" "));
    put(&spread(Line::from(left), Line::from(right), area.width.into()), area, buffer);
}

fn sentence(model: &Model) -> [Span<'static>; 3] {
    let theme = &model.theme;
    let verdict = Verdict::of(model.runs.reports());
    let bold = |text: &str| span(text, theme.text.style().add_modifier(Modifier::BOLD));
    match verdict.worst {
        Some(severity @ (Severity::Error | Severity::Warning)) => {
            [mark::severity(theme, severity), Span::raw(" "), bold(&verdict.sentence)]
        }
        // Health is only claimed at the end.
        _ if model.runs.current.is_some() => [mark::spinner(model), Span::raw(" "), bold("Looking at this machine…")],
        _ => {
            let status = match Summary::count(model.runs.reports()) {
                Summary { passed: 0, info: 0, .. } => Status::Unknown,
                _ => Status::Passed,
            };
            [mark::status(theme, status), Span::raw(" "), bold(&verdict.sentence)]
        }
    }
}

fn counts(model: &Model) -> Vec<Span<'static>> {
    let (theme, summary) = (&model.theme, Summary::count(model.runs.reports()));
    let mut spans = Vec::new();
    for (glyph, count, style) in mark::counts(theme, &summary) {
        spans.push(Span::styled(format!("{glyph} {count}  "), style));
    }
    spans.push(Span::styled(format!("✔ {}", summary.passed), theme.passed.style()));
    spans
}
