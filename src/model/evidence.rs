use serde::{Deserialize, Serialize};

/// Where something was seen, and what stood there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// `~/.bashrc:12`, a variable, a command, a registry value.
    pub source: String,
    /// What stood there.
    pub observed: String,
    /// What would be right, where one thing would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
}

impl Evidence {
    /// Evidence seen at `source`.
    pub fn new(source: impl Into<String>, observed: impl Into<String>) -> Self {
        Evidence { source: source.into(), observed: observed.into(), expected: None }
    }

    /// Adds what would be right.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }
}
