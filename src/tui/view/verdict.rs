//! The second line: one plain sentence, and the counts.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::{mark, put};
use crate::model::{Severity, Status, Summary, Verdict};
use crate::tui::model::{Model, Waiting, waiting};
use crate::tui::text::{line_width, span, spread};

pub(super) fn draw(model: &Model, area: Rect, buffer: &mut Buffer) {
    let mut left = vec![Span::raw(" ")];
    left.extend(sentence(model));
    let (left, width) = (Line::from(left), usize::from(area.width));
    let mut right = Line::from(counts(model, "  "));
    if line_width(&left) + line_width(&right) + 2 > width {
        right = Line::from(counts(model, " "));
    }
    right.push_span(Span::raw(" "));
    put(&spread(left, right, width), area, buffer);
}

fn sentence(model: &Model) -> [Span<'static>; 3] {
    let (mark, text) = told(model);
    [mark, Span::raw(" "), span(&text, model.theme.text.style().add_modifier(Modifier::BOLD))]
}

fn told(model: &Model) -> (Span<'static>, String) {
    let theme = &model.theme;
    let waiting = waiting(model);
    let reports = waiting.as_ref().map_or(model.runs.reports(), |waiting| &waiting.others);
    let verdict = Verdict::of(reports);
    match (verdict.worst, waiting.as_ref()) {
        (Some(Severity::Error), _) => (mark::severity(theme, Severity::Error), verdict.sentence),
        // Anything better is only claimed at the end of a whole run.
        _ if is_first_look(model) => (mark::spinner(model), "Looking at this machine…".to_owned()),
        (Some(Severity::Warning), _) => (mark::severity(theme, Severity::Warning), verdict.sentence),
        (_, Some(Waiting { what, .. })) => {
            (Span::styled("◔", theme.warning.style()), format!("What was wrong is fixed; it is seen after {what}."))
        }
        _ => {
            let status = match Summary::count(reports) {
                Summary { passed: 0, info: 0, .. } => Status::Unknown,
                _ => Status::Passed,
            };
            (mark::status(theme, status), verdict.sentence)
        }
    }
}

/// True while the first run goes on: its rest may change the verdict.
fn is_first_look(model: &Model) -> bool {
    model.runs.current.is_some() && model.runs.shown.took.is_none()
}

/// The numbers with `gap` between them; where that is narrow, only those of
/// what is not right.
fn counts(model: &Model, gap: &'static str) -> Vec<Span<'static>> {
    let (theme, summary) = (&model.theme, Summary::count(model.runs.reports()));
    let (inside, narrow) = if gap.len() > 1 { (" ", false) } else { ("", true) };
    let mut spans = Vec::new();
    for (glyph, count, style) in mark::counts(theme, &summary) {
        spans.push(Span::styled(format!("{glyph}{inside}{count}{gap}"), style));
    }
    if !narrow || spans.is_empty() {
        spans.push(Span::styled(format!("✔ {}", summary.passed), theme.passed.style()));
    }
    spans
}
