//! Where a variable or a command comes from, as text and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Style, TextOptions};
use crate::model::{Candidate, Context, GoLevel, Missing, Trace, TraceRow, TraceWriter, is_list, text::plain};

/// How far the places of writers stand from their text.
const PLACE_COLUMNS: usize = 24;

/// The trace for people.
#[must_use]
pub fn trace(trace: &Trace, options: TextOptions) -> String {
    let mut writer = Writer { out: String::new(), options };
    let name = writer.paint(Style::Strong, &trace.name);
    if trace.is_nowhere() {
        writer.line(&format!("{name} is {} in any context.", trace.subject.absence()));
    } else {
        writer.line(&name);
        for (contexts, row) in trace.groups() {
            writer.row(trace, &contexts, row);
        }
        writer.levels(trace);
        writer.candidates(&trace.candidates);
    }
    for note in &trace.notes {
        writer.line("");
        writer.wrapped(note, Style::Warning);
    }
    writer.out
}

struct Writer {
    out: String,
    options: TextOptions,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{}", line.trim_end());
    }

    fn paint(&self, style: Style, content: &str) -> String {
        self.options.paint.apply(style, content)
    }

    fn wrapped(&mut self, content: &str, style: Style) {
        for line in textwrap::wrap(&plain(content), self.options.width.clamp(40, 100)) {
            let line = self.paint(style, &line);
            self.line(&line);
        }
    }

    fn row(&mut self, trace: &Trace, contexts: &[Context], row: &TraceRow) {
        self.line("");
        let titles: Vec<&str> = contexts.iter().map(|context| context.title()).collect();
        let mark = if row.differs { "≠ " } else { "  " };
        let title = format!("{}{}", self.paint(Style::Warning, mark), self.paint(Style::Strong, &titles.join(", ")));
        let certain = if row.certain { "" } else { "  (not certain)" };
        self.line(&format!("{title}{}", self.paint(Style::Dim, certain)));
        let value = match &row.value {
            Ok(Some(value)) => plain(value).into_owned(),
            Ok(None) => self.paint(Style::Dim, trace.subject.absence()),
            Err(Missing { detail, .. }) => self.paint(Style::Dim, &format!("could not tell: {detail}")),
        };
        self.line(&format!("    {value}"));
        if row.writers.is_empty() && matches!(row.value, Ok(Some(_))) {
            let line = self.paint(Style::Dim, "no start file of the shell sets it to this");
            self.line(&format!("    {line}"));
        }
        let mut before = None;
        for writer in &row.writers {
            self.writer(&trace.name, writer, before);
            before = writer.value.as_deref();
        }
    }

    fn writer(&mut self, name: &str, writer: &TraceWriter, before: Option<&str>) {
        let mark = if writer.wins { self.paint(Style::Good, "✔") } else { " ".to_owned() };
        let place = format!("{:<PLACE_COLUMNS$}", plain(&writer.source));
        let style = if writer.wins { Style::Command } else { Style::Dim };
        self.line(&format!("  {mark} {}  {}", self.paint(style, &place), plain(&writer.text)));
        let blanks = " ".repeat(PLACE_COLUMNS + 6);
        if is_list(name) {
            for change in writer.entries_changed(before) {
                let line = self.paint(Style::Dim, &change);
                self.line(&format!("{blanks}{line}"));
            }
            return;
        }
        match &writer.value {
            Some(value) if !writer.wins && !writer.text.contains(value.as_str()) => {
                let line = self.paint(Style::Dim, &format!("= {value}"));
                self.line(&format!("{blanks}{line}"));
            }
            _ => {}
        }
    }

    fn levels(&mut self, trace: &Trace) {
        let (Some(context), levels) = (trace.go_context, &trace.go) else { return };
        self.line("");
        self.line(&format!("Go in {} takes the first of these that says something:", context.title()));
        let column = levels.iter().map(|level| level.source.chars().count()).max().unwrap_or(0);
        for level in levels {
            let mark = if level.wins { self.paint(Style::Good, "✔") } else { " ".to_owned() };
            let value = level.value.as_deref().map_or_else(|| self.paint(Style::Dim, "-"), |value| plain(value).into());
            self.line(&format!("  {mark} {:<column$}  {value}", plain(&level.source)));
        }
    }

    fn candidates(&mut self, candidates: &[Candidate]) {
        if candidates.is_empty() {
            return;
        }
        self.line("");
        self.line("On PATH, in order:");
        for candidate in candidates {
            let mark = if candidate.wins_in.is_empty() { " ".to_owned() } else { self.paint(Style::Good, "✔") };
            let path = self.paint(Style::Strong, &candidate.path);
            self.line(&format!("  {mark} {path}  {}", plain(&about(candidate))));
            if let Some(from) = &candidate.from {
                let line = format!("      on PATH by {}", self.paint(Style::Command, &from.source));
                self.line(&line);
            }
            let titles: Vec<&str> = candidate.contexts.iter().map(|context| context.title()).collect();
            let line = self.paint(Style::Dim, &format!("      seen by {}", titles.join(", ")));
            self.line(&line);
        }
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
