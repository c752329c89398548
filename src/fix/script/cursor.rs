//! Where the reader of a script is.

use std::iter::Peekable;
use std::str::Chars;

use super::keyword::Mark;

/// What is open: quotes and brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Single,
    /// `$'…'`, and fish's `'…'`: a backslash escapes.
    Escaped,
    Double,
    Backtick,
    /// `${…}`.
    Brace,
    /// `(…)`, `$(…)` and the like.
    Bracket,
}

/// Whether the next line goes on with this statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carry {
    No,
    /// A backslash before the line end.
    Backslash,
    /// An operator that wants another command. Blank lines and comments may
    /// come between.
    Operator,
}

pub(super) struct Heredoc {
    pub(super) delimiter: String,
    /// `<<-`: tabs before the delimiter do not count.
    pub(super) strip_tabs: bool,
}

/// One line while it is read.
pub(super) struct Cursor<'a> {
    pub(super) rest: Peekable<Chars<'a>>,
    pub(super) marks: Vec<Mark>,
    pub(super) word: String,
    /// The word has a quoted part: it is no keyword.
    pub(super) quoted: bool,
    /// A word has begun.
    pub(super) in_word: bool,
    /// A command may stand here.
    pub(super) command: bool,
}

impl Cursor<'_> {
    pub(super) fn begin_quoted_part(&mut self) {
        self.in_word = true;
        self.quoted = true;
    }
}
