//! Differences for people: unified diffs with passwords masked, control
//! characters written out, and the user's home as `~`.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use similar::algorithms::{Capture, Replace, myers};
use similar::udiff::UnifiedHunkHeader;
use similar::{DiffOp, DiffTag, group_diff_ops};

use super::text::{End, Lines};
use super::{Change, Node};
use crate::host::Machine;
use crate::model::mask;
use crate::model::text::plain;

/// What a diff compares a new file with, and a removed one.
const NOTHING: &str = "/dev/null";

/// Finding the smallest difference of two unlike files may take long; a
/// coarser one will do then.
const PATIENCE: Duration = Duration::from_millis(100);

/// How many lines are shown around what changes.
const CONTEXT_LINES: usize = 3;

/// One change as a diff, in the form of git: a line for a mode or a time
/// that changes, then the lines of the content.
#[must_use]
pub fn of(change: &Change, machine: &Machine) -> String {
    let name = plain(&machine.tilde(&change.target)).into_owned();
    between(&name, &change.before, &change.after)
}

/// The difference of what stands under one name before and after.
pub(super) fn between(name: &str, before: &Node, after: &Node) -> String {
    match (before, after) {
        (Node::Absent, Node::Folder { mode, .. }) => format!("+folder {name}, mode {mode:04o}\n"),
        (Node::Folder { mode, .. }, Node::Absent) => format!("-folder {name}, mode {mode:04o}\n"),
        _ => {
            let old_name = if *before == Node::Absent { NOTHING } else { name };
            let new_name = if *after == Node::Absent { NOTHING } else { name };
            let mut out = format!("--- {old_name}\n+++ {new_name}\n");
            if before.mode() != after.mode() {
                mode_line(&mut out, '-', before);
                mode_line(&mut out, '+', after);
            }
            if let (Some(old), Some(new)) = (before.modified(), after.modified())
                && old != new
            {
                let _ = writeln!(out, "-modified {old}\n+modified {new}");
            }
            let content = |node: &Node| node.content().cloned().unwrap_or_default();
            hunks(&mut out, &content(before), &content(after));
            out
        }
    }
}

fn mode_line(out: &mut String, sign: char, node: &Node) {
    if let Some(mode) = node.mode() {
        let _ = writeln!(out, "{sign}mode {mode:04o}");
    }
}

fn hunks(out: &mut String, before: &[u8], after: &[u8]) {
    let hide_cr = is_crlf(before, after);
    let (old, new) = (lines(before), lines(after));
    for hunk in group_diff_ops(operations(&old, &new), CONTEXT_LINES) {
        let _ = writeln!(out, "{}", UnifiedHunkHeader::new(&hunk));
        for operation in hunk {
            let (tag, old_range, new_range) = operation.as_tag_tuple();
            if tag == DiffTag::Equal {
                write_lines(out, ' ', &old[old_range], hide_cr);
                continue;
            }
            write_lines(out, '-', &old[old_range], hide_cr);
            write_lines(out, '+', &new[new_range], hide_cr);
        }
    }
}

/// The lines with their ends.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// What makes the new lines of the old ones. Equal lines have equal numbers,
/// and numbers are what is compared.
fn operations(old: &[&[u8]], new: &[&[u8]]) -> Vec<DiffOp> {
    let mut numbers = HashMap::new();
    let mut number = |line: &&[u8]| {
        let next = numbers.len();
        *numbers.entry(line.to_vec()).or_insert(next)
    };
    let old: Vec<usize> = old.iter().map(&mut number).collect();
    let new: Vec<usize> = new.iter().map(&mut number).collect();
    let mut capture = Replace::new(Capture::new());
    let deadline = Some(Instant::now() + PATIENCE);
    let Ok(()) = myers::diff_deadline(&mut capture, &old[..], 0..old.len(), &new[..], 0..new.len(), deadline);
    capture.into_inner().into_ops()
}

fn write_lines(out: &mut String, sign: char, lines: &[&[u8]], hide_cr: bool) {
    for line in lines {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = if hide_cr { text.strip_suffix(b"\r").unwrap_or(text) } else { text };
        let text = String::from_utf8_lossy(text);
        let _ = writeln!(out, "{sign}{}", mask(&plain(&text)));
        if !line.ends_with(b"\n") {
            out.push_str("\\ No newline at end of file\n");
        }
    }
}

/// True when a visible carriage return in each line would hide what changes,
/// and is not what changes.
fn is_crlf(before: &[u8], after: &[u8]) -> bool {
    let ends = [before, after].map(|bytes| (!bytes.is_empty()).then(|| Lines::of(bytes).usual_end()));
    ends.contains(&Some(End::CrLf)) && !ends.contains(&Some(End::Lf))
}

/// A path for people, control characters written out.
pub(super) fn name(machine: &Machine, path: &Path) -> String {
    plain(&machine.tilde(path)).into_owned()
}
