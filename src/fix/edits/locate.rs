use crate::fix::Refusal;
use crate::fix::text::Lines;
use crate::model::text::{plain, shorten};

use super::TextFile;

/// Where an edit of a line is to be made.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On this line, counted from 0.
    At(usize),
    /// Nowhere: it has been made.
    Done,
}

/// Finds the line that reads `was`: at its number (from 1), else where it
/// stands only once. `is_done` tells whether the edit was made on a line.
pub(super) fn locate(
    file: &TextFile<'_>,
    lines: &Lines,
    number: usize,
    was: &str,
    is_done: impl Fn(usize) -> bool,
) -> Result<Place, Refusal> {
    let was = bare(was);
    let reads_was = |at: usize| lines.lines.get(at).is_some_and(|line| line.lossy() == was);
    let expected = number.checked_sub(1);
    if let Some(at) = expected.filter(|at| reads_was(*at)) {
        return Ok(Place::At(at));
    }
    if expected.is_some_and(|at| at < lines.lines.len() && is_done(at)) {
        return Ok(Place::Done);
    }
    let mut elsewhere = (0..lines.lines.len()).filter(|at| reads_was(*at));
    let name = file.name;
    let quoted = shorten(&plain(was), 60).into_owned();
    match (elsewhere.next(), elsewhere.next()) {
        (Some(at), None) => Ok(Place::At(at)),
        (Some(_), Some(_)) => Err(Refusal::new(format!(
            "line {number} of {name} has changed, and `{quoted}` stands there more than once"
        ))),
        (None, _) if (0..lines.lines.len()).any(is_done) => Ok(Place::Done),
        (None, _) => Err(Refusal::new(format!("line {number} of {name} has changed: `{quoted}` stands there no more"))),
    }
}

/// The text of a line without a byte-order mark and without what a CRLF line
/// end leaves: neither belongs to the line here.
pub(super) fn bare(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').trim_end_matches('\r')
}
