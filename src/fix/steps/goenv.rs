//! The GOENV file as Go reads it: `NAME=value` lines, the last of a name
//! counts, everything up to the line feed belongs to the value.

use crate::fix::Refusal;
use crate::fix::text::Lines;

/// Permission bits that `go env -w` gives a new file.
pub(super) const NEW_FILE: u32 = 0o644;

/// The lines that set `name`, counted from 0.
pub(super) fn lines_of(lines: &Lines, name: &str) -> Vec<usize> {
    let sets = |text: &[u8]| text.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&b'='));
    lines
        .lines
        .iter()
        .enumerate()
        // A byte-order mark hides the first line from Go.
        .filter(|(at, line)| sets(&line.text) && !(lines.bom && *at == 0))
        .map(|(at, _)| at)
        .collect()
}

/// Refuses what is no setting's name: Go would not read such a line.
pub(super) fn require_name(name: &str) -> Result<(), Refusal> {
    let proper = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if proper { Ok(()) } else { Err(Refusal::new(format!("{name:?} is not a Go setting"))) }
}
