//! What each context sees, side by side, and who set it.

use ratatui::text::{Line, Span};

use super::Sheet;
use crate::model::{Candidate, Context, Trace, TraceRow, TraceWriter, is_list};
use crate::tui::model::{Model, Selected, Tracing};
use crate::tui::text::span;

/// How far writers stand in.
const INDENT: usize = 4;

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
    for (contexts, row) in trace.groups() {
        sheet.gap();
        write_row(trace, &contexts, row, sheet);
    }
    write_levels(trace, sheet);
    write_candidates(&trace.candidates, sheet);
    for note in &trace.notes {
        sheet.gap();
        sheet.text(note, sheet.theme.warning.style());
    }
    if trace.rows.iter().any(|row| row.differs) {
        sheet.gap();
        sheet.dim("≠ marks what differs from the others");
    }
}

fn write_row(trace: &Trace, contexts: &[Context], row: &TraceRow, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    let (mark, style) = match (&row.value, row.differs) {
        (Err(_), _) => ("? ", theme.unknown.style()),
        (Ok(_), true) => ("≠ ", theme.warning.style()),
        (Ok(_), false) => ("  ", theme.text.style()),
    };
    let titles: Vec<&str> = contexts.iter().map(|context| context.title()).collect();
    let certain = if row.certain || row.value.is_err() { "" } else { "  not certain" };
    let title = vec![
        Span::styled(mark, style),
        span(&titles.join(", "), theme.text.style()),
        Span::styled(certain, theme.dim.style()),
    ];
    sheet.line(Line::from(title), 2);
    let value = match &row.value {
        Ok(Some(value)) => span(value, style),
        Ok(None) => Span::styled(trace.subject.absence(), theme.dim.style()),
        Err(missing) => span(&missing.detail, style),
    };
    sheet.line(Line::from(vec![Span::raw(" ".repeat(INDENT)), value]), INDENT);
    if row.writers.is_empty() && matches!(row.value, Ok(Some(_))) {
        sheet.field("", INDENT, "no start file of the shell sets it to this", theme.dim.style());
    }
    let mut before = None;
    for writer in &row.writers {
        write_writer(&trace.name, writer, before, sheet);
        before = writer.value.as_deref();
    }
}

fn write_writer(name: &str, writer: &TraceWriter, before: Option<&str>, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    let (mark, place) = match writer.wins {
        true => (Span::styled("  ✔ ", theme.passed.style()), theme.code.style()),
        false => (Span::raw(" ".repeat(INDENT)), theme.dim.style()),
    };
    let line = vec![mark, span(&writer.source, place), Span::raw("  "), span(&writer.text, theme.dim.style())];
    sheet.line(Line::from(line), INDENT + 2);
    let changes = match &writer.value {
        _ if is_list(name) => writer.entries_changed(before),
        Some(value) if !writer.wins && !writer.text.contains(value.as_str()) => vec![format!("= {value}")],
        _ => Vec::new(),
    };
    for change in changes {
        sheet.field("", INDENT + 4, &change, theme.dim.style());
    }
}

fn write_levels(trace: &Trace, sheet: &mut Sheet<'_>) {
    let (Some(context), levels) = (trace.go_context, &trace.go) else { return };
    let theme = sheet.theme;
    sheet.gap();
    sheet.plain(&format!("Go in {} takes the first that says something", context.title()));
    let column = levels.iter().map(|level| level.source.chars().count()).max().unwrap_or(0);
    for level in levels {
        let mark =
            if level.wins { Span::styled("  ✔ ", theme.passed.style()) } else { Span::raw(" ".repeat(INDENT)) };
        let source = span(&format!("{:<column$}  ", level.source), theme.code.style());
        let value = match &level.value {
            Some(value) => span(value, theme.text.style()),
            None => Span::styled("-", theme.dim.style()),
        };
        sheet.line(Line::from(vec![mark, source, value]), INDENT + 2);
    }
}

fn write_candidates(candidates: &[Candidate], sheet: &mut Sheet<'_>) {
    if candidates.is_empty() {
        return;
    }
    let theme = sheet.theme;
    sheet.gap();
    sheet.plain("On PATH, in order");
    for candidate in candidates {
        let wins = !candidate.wins_in.is_empty();
        let mark = if wins { Span::styled("  ✔ ", theme.passed.style()) } else { Span::raw(" ".repeat(INDENT)) };
        let about = [&candidate.version, &candidate.arch, &candidate.owner];
        let about = about.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ");
        let path = span(&format!("{}  ", candidate.path), theme.code.style());
        sheet.line(Line::from(vec![mark, path, span(&about, theme.dim.style())]), INDENT + 2);
        if let Some(from) = &candidate.from {
            sheet.field("", INDENT + 2, &format!("on PATH by {}", from.source), theme.dim.style());
        }
    }
}
