/// Typing what to search for. The text itself is the list's.
#[derive(Debug)]
pub(in crate::tui) struct Search;
