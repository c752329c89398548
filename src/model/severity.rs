use serde::{Deserialize, Serialize};

/// How bad a finding is. Ordered: `Info < Warning < Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing fails.
    Info,
    /// Will fail, or wastes much time.
    Warning,
    /// Something fails now.
    Error,
}

impl Severity {
    /// The name used in JSON and text.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The mark shown beside a finding. It tells the severity without colour.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Severity::Info => "•",
            Severity::Warning => "▲",
            Severity::Error => "✖",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
