//! Shell scripts, as far as it takes to comment out a statement without
//! changing what the rest means.
//!
//! This is no shell parser. It knows quotes, brackets, continuations,
//! here-documents and the words that open and close blocks, and where it is in
//! doubt it says so: an edit is then refused, and the user makes it.

mod cursor;
mod keyword;
mod reader;
mod statement;

pub(super) use statement::{Statement, ends_clear, statement_at};

use keyword::Mark;

/// Which shell a script is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shell {
    /// sh, bash, zsh, ksh.
    Posix,
    /// fish.
    Fish,
}

/// One line as the shell's reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ScriptLine {
    /// Nothing is open at its beginning: a statement may begin here.
    begins: bool,
    /// Nothing is open at its end.
    ends: bool,
    /// Its words outside quotes, brackets and comments, as far as blocks are
    /// concerned. Empty for a blank line or a comment.
    marks: Vec<Mark>,
}
