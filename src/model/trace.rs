use super::{Context, Missing};

/// One variable or command as each context sees it, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The variable or command.
    pub name: String,
    /// One row per context, in the order in which they are shown.
    pub rows: Vec<TraceRow>,
}

/// What one context sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceRow {
    /// Who sees it.
    pub context: Context,
    /// The value; None when it is not set there; the reason when it could
    /// not be told.
    pub value: Result<Option<String>, Missing>,
    /// Where the value was set, such as `~/.bashrc:12`.
    pub source: Option<String>,
    /// True when the value is not the one that most contexts see.
    pub differs: bool,
}
