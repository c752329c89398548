//! A unified diff in colour. The signs stay, so that it reads without.

use ratatui::text::Line;

use super::Sheet;
use crate::tui::text::span;

/// How much of a diff is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Extent {
    /// Every line.
    Whole,
    /// Only what is added and removed.
    Changes,
}

/// Writes a unified diff, without the names of the files.
pub(in crate::tui) fn write(diff: &str, extent: Extent, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    for line in diff.lines().filter(|line| !is_file_name(line)) {
        let (style, is_change) = match line.chars().next() {
            Some('+') => (theme.added.style(), true),
            Some('-') => (theme.removed.style(), true),
            Some('@') => (theme.dim.style(), false),
            _ => (theme.text.style(), false),
        };
        if is_change || extent == Extent::Whole {
            sheet.line(Line::from(span(&spaced(line), style)), 2);
        }
    }
}

fn is_file_name(line: &str) -> bool {
    line.starts_with("--- ") || line.starts_with("+++ ") || line.starts_with("\\ No newline")
}

/// A blank behind the sign, so that the text of all lines is aligned.
fn spaced(line: &str) -> String {
    match line.chars().next() {
        Some(sign @ ('+' | '-' | ' ')) => format!("{sign} {}", &line[1..]),
        _ => line.to_owned(),
    }
}
