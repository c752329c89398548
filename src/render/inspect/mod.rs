//! Inspections: a sheet for one file, a list for many, JSON for programs.

mod json;
mod list;
mod sheet;

use super::Style;
use super::writer::{TextOptions, Writer};
use crate::model::Binary;
use crate::model::inspect::{Expectation, Inspection, Verdict};
use crate::model::text::count;

pub use json::inspections_json;

/// A file that was looked at, and the demands on it that do not hold.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What it is.
    pub inspection: Inspection,
    /// Each demand that does not hold, with what there is in place of it.
    pub unmet: Vec<(Expectation, String)>,
}

/// The inspections for people: a sheet for one file, a line for each of many.
#[must_use]
pub fn inspections(files: &[Checked], options: TextOptions) -> String {
    let mut out = Writer::new(options);
    match files {
        [one] => sheet::write(&mut out, one),
        many => list::write(&mut out, many),
    }
    out.into_text()
}

/// The demands that do not hold, a line each.
fn unmet(out: &mut Writer, checked: &Checked) {
    for (expectation, found) in &checked.unmet {
        let mark = out.paint(Style::Error, "✖");
        let text = out.paint(Style::Strong, &format!("expected {expectation}"));
        let found = out.paint(Style::Error, found);
        out.line(&format!("  {mark} {text}, but {found}"));
    }
}

/// The mark of a verdict, which does not go by colour alone.
fn mark(verdict: Verdict) -> (&'static str, Style) {
    match verdict {
        Verdict::Runs => ("✔", Style::Good),
        Verdict::DoesNotRun | Verdict::Damaged => ("✖", Style::Error),
        Verdict::Unknown => ("?", Style::Warning),
        Verdict::NotAProgram => ("·", Style::Dim),
    }
}

/// Platform and linking: `linux/amd64 dynamic`.
fn platform(binary: &Binary) -> String {
    let platform = match (&binary.goos, &binary.goarch) {
        (Some(goos), Some(goarch)) => Some(format!("{goos}/{goarch}")),
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    let linking = binary.linking.map(|linking| linking.id().to_owned());
    [platform, linking].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Bytes for people, in decimal units as files are sold by.
fn bytes(n: u64) -> String {
    match n {
        0..1_000 => count(usize::try_from(n).unwrap_or(0), "byte"),
        1_000..1_000_000 => format!("{:.1} kB", n as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", n as f64 / 1e6),
        _ => format!("{:.1} GB", n as f64 / 1e9),
    }
}
