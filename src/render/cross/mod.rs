//! What a project builds for, as a table and as JSON.

mod json;

pub use json::cross_json;

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use super::Style;
use super::writer::{TextOptions, Writer};
use crate::model::{BuildResult, Cell, CgoSwitch, Matrix, NamedTarget, Need, Tried, text::plain};

/// The widest that a column of cells becomes.
const CELL_COLUMNS: usize = 24;

/// The matrix for people.
#[must_use]
pub fn cross(matrix: &Matrix, options: TextOptions) -> String {
    let mut out = Writer::new(options);
    head(&mut out, matrix);
    table(&mut out, matrix);
    needs(&mut out, matrix, BuildResult::Fails);
    needs(&mut out, matrix, BuildResult::Unknown);
    losses(&mut out, matrix);
    compilers(&mut out, matrix);
    refuted(&mut out, matrix);
    foot(&mut out, matrix);
    out.into_text()
}

/// What a cell shows, and how.
fn face(cell: &Cell) -> (Style, String) {
    let style = match cell.result {
        BuildResult::Builds => Style::Good,
        BuildResult::BuildsWithoutCgo => Style::Warning,
        BuildResult::Fails => Style::Error,
        BuildResult::Unknown => Style::Info,
    };
    (style, cell.label())
}

fn switch(cgo: CgoSwitch) -> &'static str {
    cgo.value().unwrap_or("unset")
}

/// A mark and a text behind it, wrapped.
fn item(out: &mut Writer, style: Style, mark: &str, content: &str) {
    let lead = format!(" {} ", out.paint(style, mark));
    out.hanging(&lead, 3, content, None);
}

/// Less important text below an item.
fn below(out: &mut Writer, style: Style, content: &str) {
    out.wrapped(5, content, Some(style));
}

fn head(out: &mut Writer, matrix: &Matrix) {
    let title = format!("{} with {}", matrix.project, matrix.go);
    let title = out.paint(Style::Strong, &title);
    out.line(&title);
}

fn table(out: &mut Writer, matrix: &Matrix) {
    let names = matrix.targets.iter().map(|named| named.target.to_string().width());
    let first = names.max().unwrap_or(0).max("CGO_ENABLED".len()) + 2;
    let faces = matrix.cells.iter().map(|cell| face(cell).1.width() + 2);
    let room = out.terminal().clamp(60, 200).saturating_sub(first + 1) / CgoSwitch::ALL.len();
    let wide = faces.max().unwrap_or(0).min(CELL_COLUMNS).min(room).max(8);
    let heads: String = CgoSwitch::ALL.iter().map(|&cgo| format!("{:wide$}", switch(cgo))).collect();
    out.line("");
    let head = out.paint(Style::Dim, &format!(" {:first$}{heads}", "CGO_ENABLED"));
    out.line(&head);
    let is_named = |named: &NamedTarget| named.source.is_some();
    let mixed = matrix.targets.iter().any(is_named) && !matrix.targets.iter().all(is_named);
    let mut before = None;
    for (at, named) in matrix.targets.iter().enumerate() {
        if mixed && before != Some(is_named(named)) {
            let title = if is_named(named) { " that the project names" } else { " others" };
            let title = out.paint(Style::Dim, title);
            out.line(&title);
            before = Some(is_named(named));
        }
        let mut line = format!(" {:first$}", plain(&named.target.to_string()));
        for cell in matrix.row(at) {
            let (style, text) = face(cell);
            let text = shortened(&text, wide - 1);
            let gap = " ".repeat(wide.saturating_sub(text.width()));
            line.push_str(&out.paint(style, &text));
            line.push_str(&gap);
        }
        out.line(&line);
    }
}

/// What cells lack, each thing once with the cells that lack it.
fn needs(out: &mut Writer, matrix: &Matrix, result: BuildResult) {
    let mut needs: Vec<(&Need, Vec<&Cell>)> = Vec::new();
    for cell in matrix.cells.iter().filter(|cell| cell.result == result) {
        for need in &cell.missing {
            match needs.iter_mut().find(|(known, _)| *known == need) {
                Some((_, cells)) => cells.push(cell),
                None => needs.push((need, vec![cell])),
            }
        }
    }
    let (style, mark, title) = match result {
        BuildResult::Fails => (Style::Error, "✖", "Lacking"),
        _ => (Style::Info, "?", "Could not tell"),
    };
    self::title(out, title, needs.is_empty());
    for (need, cells) in needs {
        item(out, style, mark, &need.what);
        below(out, Style::Dim, &places(&cells));
        if let Some(command) = &need.command {
            below(out, Style::Command, command);
        }
    }
}

fn title(out: &mut Writer, title: &str, is_empty: bool) {
    if !is_empty {
        out.line("");
        let title = out.paint(Style::Strong, title);
        out.line(&title);
    }
}

fn losses(out: &mut Writer, matrix: &Matrix) {
    let losses: BTreeSet<_> = matrix.cells.iter().flat_map(|cell| &cell.loses).collect();
    title(out, "Without cgo", losses.is_empty());
    for loss in losses {
        item(out, Style::Warning, "▲", &format!("{}: {}", loss.package, loss.what));
    }
}

fn compilers(out: &mut Writer, matrix: &Matrix) {
    let with: Vec<&Cell> = matrix.cells.iter().filter(|cell| cell.cc.is_some()).collect();
    title(out, "With CC", with.is_empty());
    for cell in with {
        item(out, Style::Good, "✔", &cell.command());
    }
}

fn refuted(out: &mut Writer, matrix: &Matrix) {
    let refuted: Vec<&Cell> = matrix.cells.iter().filter(|cell| cell.is_refuted()).collect();
    title(out, "Not as foretold", refuted.is_empty());
    for cell in refuted {
        item(out, Style::Error, "≠", &cell.command());
        let said = match &cell.tried {
            Some(Tried::Failed(line)) => format!("failed: {line}"),
            _ => "succeeded".to_owned(),
        };
        below(out, Style::Dim, &said);
    }
    let late: Vec<&Cell> = matrix.cells.iter().filter(|cell| matches!(cell.tried, Some(Tried::Unknown(_)))).collect();
    title(out, "Not tried to the end", late.is_empty());
    for cell in late {
        if let Some(Tried::Unknown(why)) = &cell.tried {
            item(out, Style::Info, "?", &cell.command());
            below(out, Style::Dim, why);
        }
    }
}

fn foot(out: &mut Writer, matrix: &Matrix) {
    title(out, "Settings", matrix.notes.is_empty());
    for note in &matrix.notes {
        item(out, Style::Info, "·", note);
    }
    let tried = matrix.cells.iter().filter(|cell| matches!(cell.tried, Some(Tried::Built | Tried::Failed(_))));
    let (tried, wrong) = (tried.count(), matrix.cells.iter().filter(|cell| cell.is_refuted()).count());
    if tried > 0 {
        out.line("");
        out.line(&format!("{tried} builds tried, {wrong} not as foretold."));
    }
}

/// `0: linux/amd64 · unset, 0: linux/arm64, windows/amd64`.
fn places(cells: &[&Cell]) -> String {
    let mut switches: Vec<(String, Vec<&'static str>)> = Vec::new();
    for cell in cells {
        let name = cell.target.to_string();
        match switches.iter_mut().find(|(known, _)| *known == name) {
            Some((_, switches)) => switches.push(switch(cell.cgo)),
            None => switches.push((name, vec![switch(cell.cgo)])),
        }
    }
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, switches) in switches {
        groups.entry(switches.join(", ")).or_default().push(name);
    }
    let groups: Vec<String> =
        groups.into_iter().map(|(switches, names)| format!("{switches}: {}", names.join(", "))).collect();
    groups.join(" · ")
}

fn shortened(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + 2 > columns {
            break;
        }
        short.push(c);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests;
