//! The list of findings, cause first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::{mark, put, row, rule, scrollbar};
use crate::model::Summary;
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
        put(&row::line(model, row, area), area, buffer);
        if cursor == Some(at) {
            select(model, area, buffer);
        }
    }
    let bar = Rect { x: areas.list.right() - 1, width: 1, ..areas.list };
    scrollbar(&model.theme, rows.len(), model.list.top, bar, buffer);
}

fn select(model: &Model, area: Rect, buffer: &mut Buffer) {
    buffer.set_style(area, model.theme.selection.style().remove_modifier(Modifier::DIM));
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

/// A list without rows is good news, or none yet.
fn empty(model: &Model, area: Rect, buffer: &mut Buffer) {
    let theme = &model.theme;
    let mut lines = vec![Line::default()];
    let narrowed = model.list.layer.is_some() || !model.list.query.is_empty();
    match &model.runs.current {
        _ if narrowed => {
            lines.push(Line::from(span("  Nothing here matches. Esc shows everything again.", theme.text.style())));
        }
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
        None => {
            let text = match Summary::count(model.runs.reports()) {
                Summary { passed: 0, .. } => Span::styled("  Nothing was checked.", theme.text.style()),
                _ => Span::styled("  ✔ Nothing is wrong.", theme.passed.style()),
            };
            lines.push(Line::from(text));
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
