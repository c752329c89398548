//! Wrapping of styled lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthChar;

/// Breaks `line` into lines of at most `width` columns, at blanks where there
/// are any, else behind a path separator, else anywhere. Lines after the
/// first one begin with `hang` blanks.
pub(super) fn wrap(line: &Line<'_>, width: usize, hang: usize) -> Vec<Line<'static>> {
    let width = width.max(1);
    let hang = hang.min(width / 2);
    let glyphs: Vec<Glyph> = line.spans.iter().flat_map(glyphs).collect();
    let mut lines = Vec::new();
    let mut rest = glyphs.as_slice();
    loop {
        let indent = if lines.is_empty() { 0 } else { hang };
        let end = fitting(rest, width - indent);
        let (now, later) = if end == rest.len() { (rest, &[][..]) } else { cut(rest, end) };
        lines.push(to_line(now, indent, line.style));
        if later.is_empty() {
            return lines;
        }
        rest = later;
    }
}

#[derive(Clone, Copy)]
struct Glyph {
    c: char,
    style: Style,
}

fn glyphs<'a>(span: &'a Span<'_>) -> impl Iterator<Item = Glyph> + 'a {
    span.content.chars().map(|c| Glyph { c, style: span.style })
}

/// How many glyphs fit into `width` columns; at least one, so that wrapping
/// always comes to an end.
fn fitting(glyphs: &[Glyph], width: usize) -> usize {
    let mut used = 0;
    for (at, glyph) in glyphs.iter().enumerate() {
        used += glyph.c.width().unwrap_or(0);
        if used > width {
            return at.max(1);
        }
    }
    glyphs.len()
}

/// Cuts at the best place at or before `end`. Blanks at the cut vanish.
fn cut(glyphs: &[Glyph], end: usize) -> (&[Glyph], &[Glyph]) {
    let text_from = glyphs.iter().position(|glyph| glyph.c != ' ').unwrap_or(0);
    let blank = (text_from + 1..=end).rev().find(|at| glyphs[*at].c == ' ');
    let separator = || (text_from + 1..end).rev().find(|at| matches!(glyphs[*at].c, '/' | ',' | ':' | ';'));
    let at = blank.or_else(|| separator().map(|at| at + 1)).unwrap_or(end);
    let now = trim_end(&glyphs[..at]);
    let later = glyphs[at..].iter().position(|glyph| glyph.c != ' ').map_or(glyphs.len(), |skip| at + skip);
    (now, &glyphs[later..])
}

fn trim_end(glyphs: &[Glyph]) -> &[Glyph] {
    let end = glyphs.iter().rposition(|glyph| glyph.c != ' ').map_or(0, |at| at + 1);
    &glyphs[..end]
}

fn to_line(glyphs: &[Glyph], indent: usize, style: Style) -> Line<'static> {
    let mut spans = Vec::new();
    if indent > 0 {
        spans.push(Span::raw(" ".repeat(indent)));
    }
    for run in glyphs.chunk_by(|a, b| a.style == b.style) {
        spans.push(Span::styled(run.iter().map(|glyph| glyph.c).collect::<String>(), run[0].style));
    }
    Line { spans, style, alignment: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize, hang: usize) -> Vec<String> {
        let lines = wrap(&Line::from(text.to_owned()), width, hang);
        lines.iter().map(|line| line.spans.iter().map(|span| span.content.as_ref()).collect()).collect()
    }

    #[test]
    fn breaks_at_blanks() {
        assert_eq!(wrapped("one two three", 8, 0), ["one two", "three"]);
        assert_eq!(wrapped("one two", 7, 0), ["one two"]);
        assert_eq!(wrapped("", 7, 0), [""]);
    }

    #[test]
    fn long_words_break_behind_separators_or_anywhere() {
        assert_eq!(wrapped("/usr/local/go", 8, 0), ["/usr/", "local/go"]);
        assert_eq!(wrapped("abcdefgh", 3, 0), ["abc", "def", "gh"]);
    }

    #[test]
    fn later_lines_hang_and_leading_blanks_stay() {
        assert_eq!(wrapped("• one two three", 8, 2), ["• one", "  two", "  three"]);
        assert_eq!(wrapped("    abcdef", 6, 0), ["    ab", "cdef"]);
    }

    #[test]
    fn wide_glyphs_in_one_column_still_end() {
        assert_eq!(wrapped("日本", 1, 4), ["日", "本"]);
    }

    #[test]
    fn styles_survive() {
        let bold = Style::new().bold();
        let line = Line::from(vec![Span::raw("plain "), Span::styled("bold words", bold)]);
        let lines = wrap(&line, 11, 0);
        assert_eq!(lines[0].spans[1].style, bold);
        assert_eq!(lines[1].spans[0].style, bold);
    }
}
