//! Text for the screen: made harmless, measured in columns, cut and wrapped.
//!
//! Every span that carries text of the machine is made by [`span`], so that
//! no control character can reach the terminal.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::model::text::plain;

/// A styled piece of text with control characters written out.
pub(super) fn span(text: &str, style: Style) -> Span<'static> {
    Span::styled(plain(text).into_owned(), style)
}

/// Columns that `text` takes on the screen.
pub(super) fn width(text: &str) -> usize {
    plain(text).width()
}

/// Columns that a line takes on the screen.
pub(super) fn line_width(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| span.content.width()).sum()
}

/// At most `max` columns of `text`, with `…` where it was cut.
pub(super) fn fit(text: &str, max: usize) -> Cow<'_, str> {
    let text = plain(text);
    if text.width() <= max {
        return text;
    }
    let mut out = take(&text, max.saturating_sub(1)).to_owned();
    if max > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// The longest start of `text` that fits into `max` columns.
fn take(text: &str, max: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > max {
            return &text[..at];
        }
    }
    text
}

/// A line of at most `max` columns, with `…` where it was cut.
pub(super) fn fit_line(line: Line<'static>, max: usize) -> Line<'static> {
    if line_width(&line) <= max {
        return line;
    }
    let mut out = Line { spans: Vec::new(), ..line };
    let mut left = max.saturating_sub(1);
    for span in line.spans {
        let part = take(&span.content, left).to_owned();
        let cut = part.len() < span.content.len();
        left -= part.width().min(left);
        out.spans.push(Span::styled(part, span.style));
        if cut {
            if max > 0 {
                out.spans.push(Span::styled("…", span.style));
            }
            break;
        }
    }
    out
}

/// `left`, then blanks, then `right` at the right edge of `max` columns.
/// `right` stays whole where it can; `left` is cut.
pub(super) fn spread(left: Line<'static>, right: Line<'static>, max: usize) -> Line<'static> {
    let right = fit_line(right, max);
    let right_width = line_width(&right);
    let gap = usize::from(right_width > 0);
    let mut line = fit_line(left, max.saturating_sub(right_width + gap));
    let blanks = max.saturating_sub(line_width(&line) + right_width);
    line.spans.push(Span::raw(" ".repeat(blanks)));
    line.spans.extend(right.spans);
    line
}

/// The time that something has taken so far, such as `1.2 s`.
pub(super) fn seconds(time: std::time::Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &Line<'_>) -> String {
        line.spans.iter().map(|span| span.content.as_ref()).collect()
    }

    #[test]
    fn cutting_counts_columns_not_characters() {
        assert_eq!(fit("abc", 3), "abc");
        assert_eq!(fit("abcd", 3), "ab…");
        assert_eq!(fit("日本語", 4), "日…");
        assert_eq!(fit("a\x1b[2J", 20), "a\\x1b[2J");
        assert_eq!(fit("abc", 0), "");
    }

    #[test]
    fn the_right_side_stays_whole() {
        let line = spread(Line::from("a long summary"), Line::from("f fix"), 12);
        assert_eq!(shown(&line), "a lon… f fix");
        let line = spread(Line::from("short"), Line::from("f fix"), 12);
        assert_eq!(shown(&line), "short  f fix");
    }
}
