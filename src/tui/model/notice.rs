/// One line that says what came of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) enum Notice {
    /// It went well.
    Good(String),
    /// It goes on elsewhere: something is waited for.
    Waiting(String),
    /// It did not go well.
    Bad(String),
    /// Something to know.
    Plain(String),
}

impl Notice {
    /// Something to know.
    pub(in crate::tui) fn plain(text: impl Into<String>) -> Self {
        Notice::Plain(text.into())
    }

    /// It did not go well.
    pub(in crate::tui) fn bad(text: impl Into<String>) -> Self {
        Notice::Bad(text.into())
    }

    /// The text without its mark.
    pub(in crate::tui) fn text(&self) -> &str {
        match self {
            Notice::Good(text) | Notice::Waiting(text) | Notice::Bad(text) | Notice::Plain(text) => text,
        }
    }

    /// The mark, which tells good from bad without colour.
    pub(in crate::tui) fn mark(&self) -> &'static str {
        match self {
            Notice::Good(_) => "✔",
            Notice::Waiting(_) => "◔",
            Notice::Bad(_) => "✖",
            Notice::Plain(_) => "›",
        }
    }
}
