use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The glyphs, line by line.
pub fn glyphs(buffer: &Buffer) -> String {
    lines(buffer, |cell| cell.symbol().to_owned())
}

/// The glyphs, then a letter for the style of each cell, then what the
/// letters mean. A blank is the terminal's own style.
pub fn snapshot(buffer: &Buffer) -> String {
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    for cell in buffer.content() {
        let style = describe(cell);
        if !style.is_empty() {
            letters.entry(style).or_insert(' ');
        }
    }
    for (letter, name) in letters.values_mut().zip(('a'..='z').chain('A'..='Z')) {
        *letter = name;
    }
    let mut out = glyphs(buffer);
    out.push('\n');
    out.push_str(&lines(buffer, |cell| letters.get(&describe(cell)).copied().unwrap_or(' ').to_string()));
    out.push('\n');
    for (style, letter) in &letters {
        writeln!(out, "{letter} = {style}").expect("a string takes all");
    }
    out
}

fn lines(buffer: &Buffer, show: impl Fn(&Cell) -> String) -> String {
    let mut out = String::new();
    for row in buffer.area().rows() {
        let line: String = row.columns().map(|cell| show(&buffer[(cell.x, cell.y)])).collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn describe(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != Color::Reset {
        parts.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        parts.push(format!("on {}", cell.bg));
    }
    for (name, _) in cell.modifier.difference(Modifier::empty()).iter_names() {
        parts.push(name.to_lowercase());
    }
    parts.join(" ")
}
