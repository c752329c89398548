//! What a project builds for, as a table and as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};
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

/// The matrix as JSON, in the form that others rely on.
#[must_use]
pub fn cross_json(matrix: &Matrix) -> Value {
    let tried = |tried: &Tried| match tried {
        Tried::Built => json!({"result": "builds"}),
        Tried::Failed(line) => json!({"result": "fails", "line": line}),
        Tried::Unknown(why) => json!({"result": "unknown", "line": why}),
    };
    let cell = |cell: &Cell| {
        json!({
            "goos": cell.target.goos,
            "goarch": cell.target.goarch,
            "cgo": cell.cgo,
            "result": cell.result,
            "missing": cell.missing.iter().map(|need| need.what.as_str()).collect::<Vec<_>>(),
            "commands": cell.missing.iter().filter_map(|need| need.command.as_deref()).collect::<Vec<_>>(),
            "loses": cell.loses.iter().map(|loss| loss.package.as_str()).collect::<Vec<_>>(),
            "cc": cell.cc,
            "tried": cell.tried.as_ref().map(tried),
        })
    };
    let target = |named: &NamedTarget| json!({"goos": named.target.goos, "goarch": named.target.goarch, "named_by": named.source, "programs": named.programs});
    let packages = matrix.cgo_packages.iter();
    let package = packages.map(|cgo| json!({"package": cgo.package, "module": cgo.module, "file": cgo.file}));
    json!({
        "schema": "gomedic/1",
        "project": matrix.project,
        "go": matrix.go,
        "targets": matrix.targets.iter().map(target).collect::<Vec<_>>(),
        "cells": matrix.cells.iter().map(cell).collect::<Vec<_>>(),
        "cgo_packages": package.collect::<Vec<_>>(),
        "notes": matrix.notes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Loss, Target};
    use crate::render::Paint;

    fn cell(target: &Target, cgo: CgoSwitch, result: BuildResult) -> Cell {
        let (missing, loses) = (Vec::new(), Vec::new());
        Cell { target: target.clone(), cgo, result, missing, loses, cc: None, tried: None }
    }

    fn matrix() -> Matrix {
        let (own, other) = (Target::new("linux", "amd64"), Target::new("darwin", "arm64"));
        let builds = |target: &Target| CgoSwitch::ALL.map(|cgo| cell(target, cgo, BuildResult::Builds));
        let mut cells: Vec<Cell> = builds(&own).into_iter().chain(builds(&other)).collect();
        let what = "names are looked up by Go".to_owned();
        cells[1].result = BuildResult::BuildsWithoutCgo;
        cells[1].loses = vec![Loss { package: "net".into(), what }];
        for at in [3, 4] {
            let what = "cgo for x.y/db\u{1b}[2J: build constraints exclude all Go files".to_owned();
            cells[at].result = BuildResult::Fails;
            cells[at].missing = vec![Need { short: "cgo".into(), what, command: Some("sudo get cgo".into()) }];
        }
        cells[5].cc = Some("zig cc -target x".into());
        cells[5].tried = Some(Tried::Failed("no".into()));
        let named = |target: Target, source: Option<&str>| NamedTarget {
            target,
            source: source.map(str::to_owned),
            programs: Vec::new(),
        };
        let targets = vec![named(own, Some("Makefile:3")), named(other, None)];
        Matrix { project: "~/shop".into(), go: "go1.27.3 on linux/amd64".into(), targets, cells, ..Matrix::default() }
    }

    #[test]
    fn the_table_fits_80_columns_and_says_each_thing_once() {
        let text = cross(&matrix(), TextOptions { paint: Paint::Plain, width: 80 });
        let table = "\
~/shop with go1.27.3 on linux/amd64

 CGO_ENABLED   unset          0              1
 that the project names
 linux/amd64   ✔ builds       ▲ without cgo  ✔ builds
 others
 darwin/arm64  ✖ lacks cgo    ✖ lacks cgo    ≠ ✔ with CC
";
        assert!(text.starts_with(table), "{text}");
        assert!(text.lines().all(|line| line.width() <= 80), "{text}");
        assert!(text.contains("     unset, 0: darwin/arm64\n     sudo get cgo\n"), "{text}");
        assert!(text.contains("CGO_ENABLED=1 CC='zig cc -target x' GOOS=darwin GOARCH=arm64 go build ./..."), "{text}");
        assert!(text.contains("1 builds tried, 1 not as foretold."), "{text}");
        assert!(!text.contains('\u{1b}'), "nothing moves the cursor: {text}");
    }

    #[test]
    fn json_has_the_fields_that_others_rely_on() {
        let json = cross_json(&matrix());
        let cell = &json["cells"][3];
        assert_eq!((cell["goos"].as_str(), cell["goarch"].as_str()), (Some("darwin"), Some("arm64")));
        assert_eq!((cell["cgo"].as_str(), cell["result"].as_str()), (Some("unset"), Some("fails")));
        assert!(cell["missing"][0].is_string() && cell["tried"].is_null());
        assert_eq!(json["cells"][1]["loses"][0], "net");
        assert_eq!(json["cells"][5]["tried"]["result"], "fails");
        assert_eq!(json["schema"], "gomedic/1");
    }
}
