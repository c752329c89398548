use serde::{Deserialize, Serialize};

/// What applying a fix takes. Ordered from the least to the most demanding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Own files or own Go settings, and it can be undone: applied at once.
    Safe,
    /// A choice, or costly, or cannot be undone: always confirmed.
    Review,
    /// Needs privilege: always confirmed.
    Root,
    /// The user does it; gomedic shows the command and never runs it.
    Manual,
}

impl Class {
    /// The name used in JSON and text.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Class::Safe => "safe",
            Class::Review => "review",
            Class::Root => "root",
            Class::Manual => "manual",
        }
    }
}

impl std::fmt::Display for Class {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
