//! What each context sees, side by side, and who set it.

use ratatui::text::{Line, Span};

use super::Sheet;
use crate::model::{Trace, TraceRow};
use crate::tui::model::{Model, Selected, Tracing};
use crate::tui::text::span;

/// Writes the trace of the variable or command that is selected.
pub(super) fn write(model: &Model, selected: Selected<'_>, sheet: &mut Sheet<'_>) {
    let Some(subject) = selected.finding().and_then(|finding| finding.subject.as_deref()) else {
        sheet.dim("There is nothing to trace: this is not about one variable or command.");
        return;
    };
    match model.traces.get(subject) {
        Some(Tracing::Ready(trace)) => ready(trace, sheet),
        Some(Tracing::Awaited) | None => sheet.dim(&format!("Asking each context for {subject}…")),
    }
}

fn ready(trace: &Trace, sheet: &mut Sheet<'_>) {
    sheet.bold(&format!("{} as each context sees it", trace.name));
    sheet.gap();
    let column = trace.rows.iter().map(|row| row.context.title().chars().count()).max().unwrap_or(0) + 4;
    for row in &trace.rows {
        write_row(row, column, sheet);
    }
    if trace.rows.iter().any(|row| row.differs) {
        sheet.gap();
        sheet.dim("≠ marks what differs from the others");
    }
}

fn write_row(row: &TraceRow, column: usize, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    let (mark, style) = match (&row.value, row.differs) {
        (Err(_), _) => ("? ", theme.unknown.style()),
        (Ok(_), true) => ("≠ ", theme.warning.style()),
        (Ok(_), false) => ("  ", theme.text.style()),
    };
    let value = match &row.value {
        Ok(Some(value)) => span(value, style),
        Ok(None) => Span::styled("not set", theme.dim.style()),
        Err(missing) => span(&missing.detail, style),
    };
    let title = format!("{:<width$}", row.context.title(), width = column.saturating_sub(2));
    sheet.line(Line::from(vec![Span::styled(mark, style), span(&title, theme.text.style()), value]), column);
    if let Some(source) = &row.source {
        sheet.field("", column, source, theme.code.style());
    }
}
