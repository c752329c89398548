//! Lines that go on in the next.

use super::text::Text;

/// No file of recipes that somebody wrote has more lines.
const LIMIT: usize = 5000;

/// A line with those that it goes on in.
#[derive(Debug)]
pub(in crate::probes) struct WholeLine<'a> {
    /// Each with its number, from 1, and without the backslash at its end;
    /// never empty.
    pieces: Vec<(usize, &'a str)>,
}

/// The lines of a file, each with those that it goes on in.
pub(in crate::probes) fn whole_lines(text: &str) -> Vec<WholeLine<'_>> {
    let mut found: Vec<WholeLine<'_>> = Vec::new();
    let mut goes_on = false;
    for (index, line) in text.lines().enumerate().take(LIMIT) {
        let (piece, continues) = line.strip_suffix('\\').map_or((line, false), |piece| (piece, true));
        match found.last_mut().filter(|_| goes_on) {
            Some(whole) => whole.pieces.push((index + 1, piece)),
            None => found.push(WholeLine { pieces: vec![(index + 1, piece)] }),
        }
        goes_on = continues;
    }
    found
}

impl<'a> WholeLine<'a> {
    /// The number of its first line, from 1.
    pub(in crate::probes) fn number(&self) -> usize {
        self.pieces.first().map_or(1, |(number, _)| *number)
    }

    /// Its first line.
    pub(in crate::probes) fn first(&self) -> &'a str {
        self.pieces.first().map_or("", |(_, piece)| piece)
    }

    /// All of it in a row, for what is no script.
    pub(in crate::probes) fn joined(&self) -> String {
        self.pieces.iter().map(|(_, piece)| piece.trim()).collect::<Vec<_>>().join(" ")
    }

    /// What a shell gets of it, without the marks that make and its like take
    /// off. `expand` puts values in the place of variables.
    pub(in crate::probes) fn script(&self, expand: impl Fn(&str) -> String) -> Text {
        let mut text = Text::default();
        for (place, (number, piece)) in self.pieces.iter().enumerate() {
            let marks = if place == 0 { ['@', '-', '+', ' ', '\t'].as_slice() } else { &[] };
            text.push(&expand(piece.trim_start_matches(marks)), *number);
            text.push(" ", *number);
        }
        text
    }
}
