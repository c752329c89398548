//! Where a variable or a command comes from, as text and as JSON.

use serde_json::{Value, json};

use super::Style;
use super::writer::{TextOptions, Writer};
use crate::model::{Candidate, Context, GoLevel, Missing, Trace, TraceRow, TraceWriter, is_list, text::plain};

/// How far the places of writers stand from their text.
const PLACE_COLUMNS: usize = 24;

/// The trace for people.
#[must_use]
pub fn trace(trace: &Trace, options: TextOptions) -> String {
    let mut out = Writer::new(options);
    let name = out.paint(Style::Strong, &trace.name);
    if trace.is_nowhere() {
        out.line(&format!("{name} is {} in any context.", trace.subject.absence()));
    } else {
        out.line(&name);
        for (contexts, shared) in trace.groups() {
            row(&mut out, trace, &contexts, shared);
        }
        levels(&mut out, trace);
        candidates(&mut out, &trace.candidates);
    }
    for note in &trace.notes {
        out.line("");
        out.wrapped(0, note, Some(Style::Warning));
    }
    out.into_text()
}

fn row(out: &mut Writer, trace: &Trace, contexts: &[Context], row: &TraceRow) {
    out.line("");
    let titles: Vec<&str> = contexts.iter().map(|context| context.title()).collect();
    let mark = if row.differs { "≠ " } else { "  " };
    let title = format!("{}{}", out.paint(Style::Warning, mark), out.paint(Style::Strong, &titles.join(", ")));
    let certain = if row.certain { "" } else { "  (not certain)" };
    out.line(&format!("{title}{}", out.paint(Style::Dim, certain)));
    let value = match &row.value {
        Ok(Some(value)) => plain(value).into_owned(),
        Ok(None) => out.paint(Style::Dim, trace.subject.absence()),
        Err(Missing { detail, .. }) => out.paint(Style::Dim, &format!("could not tell: {detail}")),
    };
    out.line(&format!("    {value}"));
    if row.writers.is_empty() && matches!(row.value, Ok(Some(_))) {
        let line = out.paint(Style::Dim, "no start file of the shell sets it to this");
        out.line(&format!("    {line}"));
    }
    let mut before = None;
    for one in &row.writers {
        writer(out, &trace.name, one, before);
        before = one.value.as_deref();
    }
}

fn writer(out: &mut Writer, name: &str, writer: &TraceWriter, before: Option<&str>) {
    let mark = if writer.wins { out.paint(Style::Good, "✔") } else { " ".to_owned() };
    let place = format!("{:<PLACE_COLUMNS$}", plain(&writer.source));
    let style = if writer.wins { Style::Command } else { Style::Dim };
    out.line(&format!("  {mark} {}  {}", out.paint(style, &place), plain(&writer.text)));
    let blanks = " ".repeat(PLACE_COLUMNS + 6);
    if is_list(name) {
        for change in writer.entries_changed(before) {
            let line = out.paint(Style::Dim, &change);
            out.line(&format!("{blanks}{line}"));
        }
        return;
    }
    match &writer.value {
        Some(value) if !writer.wins && !writer.text.contains(value.as_str()) => {
            let line = out.paint(Style::Dim, &format!("= {value}"));
            out.line(&format!("{blanks}{line}"));
        }
        _ => {}
    }
}

fn levels(out: &mut Writer, trace: &Trace) {
    let (Some(context), levels) = (trace.go_context, &trace.go) else { return };
    out.line("");
    out.line(&format!("Go in {} takes the first of these that says something:", context.title()));
    let column = levels.iter().map(|level| level.source.chars().count()).max().unwrap_or(0);
    for level in levels {
        let mark = if level.wins { out.paint(Style::Good, "✔") } else { " ".to_owned() };
        let value = level.value.as_deref().map_or_else(|| out.paint(Style::Dim, "-"), |value| plain(value).into());
        out.line(&format!("  {mark} {:<column$}  {value}", plain(&level.source)));
    }
}

fn candidates(out: &mut Writer, candidates: &[Candidate]) {
    if candidates.is_empty() {
        return;
    }
    out.line("");
    out.line("On PATH, in order:");
    for candidate in candidates {
        let mark = if candidate.wins_in.is_empty() { " ".to_owned() } else { out.paint(Style::Good, "✔") };
        let path = out.paint(Style::Strong, &candidate.path);
        out.line(&format!("  {mark} {path}  {}", plain(&about(candidate))));
        if let Some(from) = &candidate.from {
            let line = format!("      on PATH by {}", out.paint(Style::Command, &from.source));
            out.line(&line);
        }
        let titles: Vec<&str> = candidate.contexts.iter().map(|context| context.title()).collect();
        let line = out.paint(Style::Dim, &format!("      seen by {}", titles.join(", ")));
        out.line(&line);
    }
}

/// Version, architecture, owner, and where the links lead.
fn about(candidate: &Candidate) -> String {
    let built = candidate.built_with.as_ref().map(|version| format!("built with {version}"));
    let real = candidate.real.as_ref().map(|real| format!("→ {real}"));
    let parts = [&candidate.version, &built, &candidate.arch, &candidate.owner, &real];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// The trace as JSON, in the form that others rely on.
#[must_use]
pub fn trace_json(trace: &Trace) -> Value {
    let writer = |writer: &TraceWriter| json!({"source": writer.source, "text": writer.text, "value": writer.value, "wins": writer.wins});
    let row = |row: &TraceRow| {
        json!({
            "context": row.context.id(),
            "value": row.value.as_ref().ok().cloned().flatten(),
            "unknown": row.value.as_ref().err().map(|missing| missing.detail.clone()),
            "certain": row.certain,
            "differs": row.differs,
            "writers": row.writers.iter().map(writer).collect::<Vec<_>>(),
        })
    };
    let level = |level: &GoLevel| json!({"origin": level.origin.id(), "source": level.source, "value": level.value, "wins": level.wins});
    let ids = |contexts: &[Context]| contexts.iter().map(|context| context.id()).collect::<Vec<_>>();
    let candidate = |candidate: &Candidate| {
        json!({
            "path": candidate.path,
            "real": candidate.real,
            "version": candidate.version,
            "arch": candidate.arch,
            "owner": candidate.owner,
            "from": candidate.from.as_ref().map(|from| from.source.as_str()),
            "contexts": ids(&candidate.contexts),
            "wins_in": ids(&candidate.wins_in),
        })
    };
    json!({
        "schema": "gomedic/1",
        "name": trace.name,
        "contexts": trace.rows.iter().map(row).collect::<Vec<_>>(),
        "go_context": trace.go_context.map(Context::id),
        "go": trace.go.iter().map(level).collect::<Vec<_>>(),
        "candidates": trace.candidates.iter().map(candidate).collect::<Vec<_>>(),
        "notes": trace.notes,
    })
}
