//! What a project builds for, as a table and as JSON.

mod json;

pub use json::cross_json;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{Style, TextOptions};
use crate::model::{BuildResult, Cell, CgoSwitch, Matrix, NamedTarget, Need, Tried, text::plain};

/// The widest that a column of cells becomes.
const CELL_COLUMNS: usize = 24;

/// The matrix for people.
#[must_use]
pub fn cross(matrix: &Matrix, options: TextOptions) -> String {
    let mut writer = Writer { out: String::new(), options };
    writer.head(matrix);
    writer.table(matrix);
    writer.needs(matrix, BuildResult::Fails);
    writer.needs(matrix, BuildResult::Unknown);
    writer.losses(matrix);
    writer.compilers(matrix);
    writer.refuted(matrix);
    writer.foot(matrix);
    writer.out
}

struct Writer {
    out: String,
    options: TextOptions,
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

impl Writer {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{}", line.trim_end());
    }

    fn paint(&self, style: Style, content: &str) -> String {
        self.options.paint.apply(style, content)
    }

    /// A mark and a text behind it, wrapped.
    fn item(&mut self, style: Style, mark: &str, content: &str) {
        let columns = self.options.width.clamp(40, 100);
        let content = plain(content);
        let wrapped = textwrap::wrap(&content, textwrap::Options::new(columns - 3));
        for (at, line) in wrapped.iter().enumerate() {
            let mark = if at == 0 { self.paint(style, mark) } else { " ".to_owned() };
            self.line(&format!(" {mark} {line}"));
        }
    }

    /// Less important text below an item.
    fn below(&mut self, style: Style, content: &str) {
        let columns = self.options.width.clamp(40, 100);
        for line in textwrap::wrap(&plain(content), textwrap::Options::new(columns - 5)) {
            let line = self.paint(style, &line);
            self.line(&format!("     {line}"));
        }
    }

    fn head(&mut self, matrix: &Matrix) {
        let title = format!("{} with {}", matrix.project, matrix.go);
        let title = self.paint(Style::Strong, &title);
        self.line(&title);
    }

    fn table(&mut self, matrix: &Matrix) {
        let names = matrix.targets.iter().map(|named| named.target.to_string().width());
        let first = names.max().unwrap_or(0).max("CGO_ENABLED".len()) + 2;
        let faces = matrix.cells.iter().map(|cell| face(cell).1.width() + 2);
        let room = self.options.width.clamp(60, 200).saturating_sub(first + 1) / CgoSwitch::ALL.len();
        let wide = faces.max().unwrap_or(0).min(CELL_COLUMNS).min(room).max(8);
        let heads: String = CgoSwitch::ALL.iter().map(|&cgo| format!("{:wide$}", switch(cgo))).collect();
        self.line("");
        let head = self.paint(Style::Dim, &format!(" {:first$}{heads}", "CGO_ENABLED"));
        self.line(&head);
        let is_named = |named: &NamedTarget| named.source.is_some();
        let mixed = matrix.targets.iter().any(is_named) && !matrix.targets.iter().all(is_named);
        let mut before = None;
        for (at, named) in matrix.targets.iter().enumerate() {
            if mixed && before != Some(is_named(named)) {
                let title = if is_named(named) { " that the project names" } else { " others" };
                let title = self.paint(Style::Dim, title);
                self.line(&title);
                before = Some(is_named(named));
            }
            let mut line = format!(" {:first$}", plain(&named.target.to_string()));
            for cell in matrix.row(at) {
                let (style, text) = face(cell);
                let text = shortened(&text, wide - 1);
                let gap = " ".repeat(wide.saturating_sub(text.width()));
                line.push_str(&self.paint(style, &text));
                line.push_str(&gap);
            }
            self.line(&line);
        }
    }

    /// What cells lack, each thing once with the cells that lack it.
    fn needs(&mut self, matrix: &Matrix, result: BuildResult) {
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
        self.title(title, needs.is_empty());
        for (need, cells) in needs {
            self.item(style, mark, &need.what);
            self.below(Style::Dim, &places(&cells));
            if let Some(command) = &need.command {
                self.below(Style::Command, command);
            }
        }
    }

    fn title(&mut self, title: &str, is_empty: bool) {
        if !is_empty {
            self.line("");
            let title = self.paint(Style::Strong, title);
            self.line(&title);
        }
    }

    fn losses(&mut self, matrix: &Matrix) {
        let losses: BTreeSet<_> = matrix.cells.iter().flat_map(|cell| &cell.loses).collect();
        self.title("Without cgo", losses.is_empty());
        for loss in losses {
            self.item(Style::Warning, "▲", &format!("{}: {}", loss.package, loss.what));
        }
    }

    fn compilers(&mut self, matrix: &Matrix) {
        let with: Vec<&Cell> = matrix.cells.iter().filter(|cell| cell.cc.is_some()).collect();
        self.title("With CC", with.is_empty());
        for cell in with {
            self.item(Style::Good, "✔", &cell.command());
        }
    }

    fn refuted(&mut self, matrix: &Matrix) {
        let refuted: Vec<&Cell> = matrix.cells.iter().filter(|cell| cell.is_refuted()).collect();
        self.title("Not as foretold", refuted.is_empty());
        for cell in refuted {
            self.item(Style::Error, "≠", &cell.command());
            let said = match &cell.tried {
                Some(Tried::Failed(line)) => format!("failed: {line}"),
                _ => "succeeded".to_owned(),
            };
            self.below(Style::Dim, &said);
        }
        let late: Vec<&Cell> =
            matrix.cells.iter().filter(|cell| matches!(cell.tried, Some(Tried::Unknown(_)))).collect();
        self.title("Not tried to the end", late.is_empty());
        for cell in late {
            if let Some(Tried::Unknown(why)) = &cell.tried {
                self.item(Style::Info, "?", &cell.command());
                self.below(Style::Dim, why);
            }
        }
    }

    fn foot(&mut self, matrix: &Matrix) {
        self.title("Settings", matrix.notes.is_empty());
        for note in &matrix.notes {
            self.item(Style::Info, "·", note);
        }
        let tried = matrix.cells.iter().filter(|cell| matches!(cell.tried, Some(Tried::Built | Tried::Failed(_))));
        let (tried, wrong) = (tried.count(), matrix.cells.iter().filter(|cell| cell.is_refuted()).count());
        if tried > 0 {
            self.line("");
            self.line(&format!("{tried} builds tried, {wrong} not as foretold."));
        }
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
