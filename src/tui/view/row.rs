//! One row of the list.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::mark;
use crate::model::{CheckReport, Class, Finding, Status};
use crate::tui::backend::FixOutcome;
use crate::tui::model::{Model, Row};
use crate::tui::text::{span, spread};

/// From this width on, a row names the layer.
const ROOM_FOR_LAYER: u16 = 70;

/// The row in a line of the width of `area`.
pub(super) fn line(model: &Model, row: &Row<'_>, area: Rect) -> Line<'static> {
    let theme = &model.theme;
    let lead = Span::raw(" ");
    let width = usize::from(area.width).saturating_sub(1);
    let tail = |hint: Line<'static>| Line::from([hint.spans, vec![Span::raw(" ")]].concat());
    match row {
        Row::Heading(title, count) => {
            let text = format!(" ─ {title} ({count}) ");
            let dashes = "─".repeat(width.saturating_sub(text.chars().count()));
            Line::from(span(&format!("{text}{dashes}"), theme.dim.style()))
        }
        Row::Finding { check, finding, tree } => {
            let mut left = vec![lead, Span::styled(tree.clone(), theme.dim.style())];
            left.extend([progress_mark(model, check, finding), Span::raw(" ")]);
            left.extend(summary(model, &finding.summary, theme.text.style()));
            spread(Line::from(left), tail(hint(model, check, finding, area.width)), width + 1)
        }
        Row::Outcome(report) => {
            let title = if report.status == Status::Unknown { theme.text.style() } else { theme.dim.style() };
            let left = vec![
                lead,
                mark::status(theme, report.status),
                span(&format!(" {}", report.title), title),
                span(&format!("  {}", report.reason.as_deref().unwrap_or_default()), theme.dim.style()),
            ];
            spread(Line::from(left), Line::default(), width)
        }
        Row::Pending(check) => {
            let left = vec![lead, mark::spinner(model), span(&format!(" {}", check.title), theme.dim.style())];
            spread(Line::from(left), Line::default(), width)
        }
        Row::Done(done) => {
            let style = match done.outcome {
                FixOutcome::Resolved | FixOutcome::Uncovered(_) | FixOutcome::Eased(_) => theme.passed.style(),
                _ => theme.warning.style(),
            };
            let left = vec![
                lead,
                Span::styled(done.mark(), style),
                span(&format!(" {}", done.finding.summary), theme.dim.style()),
            ];
            let undo = [Span::styled("u", theme.key.style()), Span::styled(" undo", theme.dim.style())];
            spread(Line::from(left), tail(Line::from(undo.to_vec())), width + 1)
        }
    }
}

/// The severity; or that the finding is about to be looked at again.
fn progress_mark(model: &Model, check: &CheckReport, finding: &Finding) -> Span<'static> {
    match model.session.of(check.id, &finding.key).map(|done| &done.outcome) {
        Some(FixOutcome::Pending(_)) => Span::styled("◔", model.theme.severity(finding.severity)),
        _ => mark::severity(&model.theme, finding.severity),
    }
}

/// The summary, with what is searched for set off.
fn summary(model: &Model, summary: &str, style: Style) -> Vec<Span<'static>> {
    let (lower, query) = (summary.to_lowercase(), model.list.query.to_lowercase());
    let found = (!query.is_empty() && lower.len() == summary.len()).then(|| lower.find(&query)).flatten();
    let cut = found.and_then(|from| {
        Some((summary.get(..from)?, summary.get(from..from + query.len())?, summary.get(from + query.len()..)?))
    });
    match cut {
        Some((before, hit, after)) => {
            vec![span(before, style), span(hit, model.theme.matched.style()), span(after, style)]
        }
        None => vec![span(summary, style)],
    }
}

/// The layer, and what can be done about a finding, at the right edge.
fn hint(model: &Model, check: &CheckReport, finding: &Finding, width: u16) -> Line<'static> {
    let theme = &model.theme;
    let mut spans = Vec::new();
    if let Some(FixOutcome::Pending(what)) = model.session.of(check.id, &finding.key).map(|done| &done.outcome) {
        return Line::from(span(&format!("after {what}"), theme.warning.style()));
    }
    if width >= ROOM_FOR_LAYER {
        spans.push(Span::styled(format!("{}  ", check.layer.title()), theme.dim.style()));
    }
    let (key, does) = match finding.fixes.first().map(|fix| fix.class) {
        Some(Class::Safe) => ("f", " fix  "),
        Some(Class::Review) => ("f", " fix… "),
        Some(Class::Root) => ("f", " root…"),
        Some(Class::Manual) => ("y", " copy "),
        None if width >= ROOM_FOR_LAYER => ("", "       "),
        None => return Line::from(spans),
    };
    spans.extend([Span::styled(key, theme.key.style()), Span::styled(does, theme.dim.style())]);
    Line::from(spans)
}
