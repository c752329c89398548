//! Differences for people: unified diffs with passwords masked, control
//! characters written out, and the user's home as `~`.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

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

/// One change as a diff, in the form of git: a line for a mode that changes,
/// then the lines of the content.
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
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    // In a file of CRLF lines a visible carriage return in each would hide
    // what changes.
    let hide_cr = usual_end(before, after) == End::CrLf;
    for hunk in diff.unified_diff().iter_hunks() {
        let _ = writeln!(out, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let line = change.value();
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            let text = if hide_cr { text.strip_suffix(b"\r").unwrap_or(text) } else { text };
            let text = String::from_utf8_lossy(text);
            let _ = writeln!(out, "{sign}{}", mask(&plain(&text)));
            if !line.ends_with(b"\n") {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
}

fn usual_end(before: &[u8], after: &[u8]) -> End {
    let bytes = if before.is_empty() { after } else { before };
    Lines::of(bytes).usual_end()
}

/// A path for people, control characters written out.
pub(super) fn name(machine: &Machine, path: &Path) -> String {
    plain(&machine.tilde(path)).into_owned()
}
