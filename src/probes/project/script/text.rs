//! Text that knows the lines it was put together from.

/// Pieces of several lines in a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::probes) struct Text {
    text: String,
    /// Where a line's piece begins, with the line's number.
    starts: Vec<(usize, usize)>,
}

impl Text {
    /// The text.
    #[must_use]
    pub(in crate::probes) fn as_str(&self) -> &str {
        &self.text
    }

    /// The line, from 1, that the byte at this place came from.
    #[must_use]
    pub(in crate::probes) fn line_at(&self, place: usize) -> usize {
        let behind = self.starts.partition_point(|(start, _)| *start <= place);
        self.starts.get(behind.saturating_sub(1)).map_or(1, |(_, line)| *line)
    }

    pub(in crate::probes) fn push(&mut self, piece: &str, line: usize) {
        if self.starts.last().is_none_or(|(_, last)| *last != line) {
            self.starts.push((self.text.len(), line));
        }
        self.text.push_str(piece);
    }

    /// True when not even an empty piece was put in.
    pub(in crate::probes) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The first word, and what follows it.
    pub(in crate::probes) fn split_first_word(&self) -> (String, Text) {
        let begin = self.text.len() - self.text.trim_start().len();
        let end = self.text[begin..].find([' ', '\t']).map_or(self.text.len(), |length| begin + length);
        let rest = end + (self.text[end..].len() - self.text[end..].trim_start().len());
        (self.text[begin..end].to_owned(), self.from(rest))
    }

    /// The text from a byte on.
    pub(in crate::probes) fn from(&self, place: usize) -> Text {
        let first = (0, self.line_at(place));
        let later = self.starts.iter().filter(|(start, _)| *start > place).map(|(start, line)| (start - place, *line));
        Text { text: self.text[place..].to_owned(), starts: std::iter::once(first).chain(later).collect() }
    }
}
