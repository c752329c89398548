//! The list of findings, cause first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::{mark, put, rule, scrollbar};
use crate::model::{CheckReport, Class, Finding};
use crate::tui::backend::FixOutcome;
use crate::tui::layout::Areas;
use crate::tui::model::{Model, Row, Show};
use crate::tui::overlays::Overlay;
use crate::tui::text::{seconds, span, spread};

pub(super) fn draw(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    let rows = model.rows();
    rule::titled(model, areas.list_rule, title(model, &rows), filters(model), buffer);
    if rows.is_empty() {
        return empty(model, areas.list, buffer);
    }
    let cursor = model.cursor(&rows);
    let shown = rows.iter().enumerate().skip(model.list.top);
    for (area, (at, row)) in areas.list.rows().zip(shown) {
        put(&line(model, row, area), area, buffer);
        if cursor == Some(at) {
            select(model, area, buffer);
        }
    }
    let bar = Rect { x: areas.list.right() - 1, width: 1, ..areas.list };
    scrollbar(&model.theme, rows.len(), model.list.top, bar, buffer);
}

fn select(model: &Model, area: Rect, buffer: &mut Buffer) {
    buffer.set_style(area, model.theme.selection.style());
    if let Some(cell) = buffer.cell_mut(Position::new(area.x, area.y)) {
        cell.set_symbol("▌").set_style(model.theme.edge.style());
    }
}

fn title(model: &Model, rows: &[Row<'_>]) -> Line<'static> {
    let findings = rows.iter().filter(|row| matches!(row, Row::Finding { .. })).count();
    let mut spans = vec![Span::styled(" Findings ", model.theme.heading.style())];
    if findings > 0 {
        spans.push(Span::styled(format!("{findings} "), model.theme.dim.style()));
    }
    Line::from(spans)
}

/// What narrows the list, so that nobody takes a part for the whole.
fn filters(model: &Model) -> Line<'static> {
    let theme = &model.theme;
    let mut spans = Vec::new();
    if let Some(layer) = model.list.layer {
        spans.push(span(&format!(" only {} ", layer.title()), theme.accent.style()));
    }
    let typing = matches!(model.overlays.last(), Some(Overlay::Search(_)));
    if typing || !model.list.query.is_empty() {
        spans.push(span(&format!(" /{}", model.list.query), theme.accent.style().add_modifier(Modifier::BOLD)));
        spans.push(if typing { Span::styled("▏", theme.accent.style()) } else { Span::raw(" ") });
    }
    Line::from(spans)
}

fn line(model: &Model, row: &Row<'_>, area: Rect) -> Line<'static> {
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
            let mut left = vec![lead, Span::styled(tree.clone(), theme.border.style())];
            left.extend([progress_mark(model, check, finding), Span::raw(" ")]);
            left.extend(summary(model, &finding.summary, theme.text.style()));
            spread(Line::from(left), tail(hint(model, check, finding, area.width)), width + 1)
        }
        Row::Outcome(report) => {
            let left = vec![
                lead,
                mark::status(theme, report.status),
                span(&format!(" {}", report.title), theme.text.style()),
                span(&format!("  {}", report.reason.as_deref().unwrap_or_default()), theme.dim.style()),
            ];
            spread(Line::from(left), Line::default(), width)
        }
        Row::Pending(check) => {
            let left = vec![lead, mark::spinner(model), span(&format!(" {}", check.title), theme.dim.style())];
            spread(Line::from(left), Line::default(), width)
        }
        Row::Done(_, done) => {
            let style = match done.outcome {
                FixOutcome::Resolved => theme.passed.style(),
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

/// What can be done about a finding, at the right edge.
fn hint(model: &Model, check: &CheckReport, finding: &Finding, width: u16) -> Line<'static> {
    let theme = &model.theme;
    let mut spans = Vec::new();
    if width >= 70 {
        spans.push(Span::styled(format!("{}  ", check.layer.title()), theme.dim.style()));
    }
    if let Some(FixOutcome::Pending(what)) = model.session.of(check.id, &finding.key).map(|done| &done.outcome) {
        spans.push(span(&format!("needs {what}"), theme.warning.style()));
        return Line::from(spans);
    }
    let (key, does) = match finding.fixes.first().map(|fix| fix.class) {
        None => return Line::from(spans),
        Some(Class::Safe) => ("f", " fix "),
        Some(Class::Review) => ("f", " fix…"),
        Some(Class::Root) => ("f", " fix#"),
        Some(Class::Manual) => ("y", " copy"),
    };
    spans.extend([Span::styled(key, theme.key.style()), Span::styled(does, theme.dim.style())]);
    Line::from(spans)
}

/// A list without rows is good news, or none yet.
fn empty(model: &Model, area: Rect, buffer: &mut Buffer) {
    let theme = &model.theme;
    let mut lines = vec![Line::default()];
    match &model.runs.current {
        Some(run) => {
            lines.push(Line::from(span("  Nothing wrong so far.", theme.text.style())));
            lines.push(Line::default());
            for (probe, since) in &run.probes {
                let age = seconds(model.now.saturating_sub(*since));
                let name = format!("  {}", probe.replace('-', " "));
                lines.push(spread(
                    Line::from(vec![Span::raw("  "), mark::spinner(model), span(&name, theme.dim.style())]),
                    Line::from(Span::styled(age, theme.dim.style())),
                    usize::from(area.width).saturating_sub(2).min(44),
                ));
            }
        }
        None if model.list.layer.is_some() || !model.list.query.is_empty() => {
            lines.push(Line::from(span("  Nothing here matches. Esc shows everything again.", theme.text.style())));
        }
        None => {
            lines.push(Line::from(vec![Span::raw("  "), Span::styled("✔ Nothing is wrong.", theme.passed.style())]));
            if model.list.show == Show::Problems {
                lines.push(Line::default());
                lines.push(Line::from(vec![
                    Span::styled("  o", theme.key.style()),
                    Span::styled(" shows what was checked", theme.dim.style()),
                ]));
            }
        }
    }
    super::put_lines(&lines, 0, area, buffer);
}
