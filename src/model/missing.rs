use super::text::io_text;
use serde::{Deserialize, Serialize};

/// Why a fact, or a part of one, is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It does not exist.
    Absent,
    /// Access was refused.
    Denied,
    /// It did not answer in time.
    TimedOut,
    /// It answered, and the answer was of no use.
    Failed,
    /// It is a file whose content contradicts itself.
    Damaged,
    /// The recorded machine does not say.
    NotRecorded,
    /// The user asked not to ask (`--offline`).
    NotAsked,
}

impl Reason {
    /// The reason in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Reason::Absent => "absent",
            Reason::Denied => "denied",
            Reason::TimedOut => "timed out",
            Reason::Failed => "failed",
            Reason::Damaged => "damaged",
            Reason::NotRecorded => "not recorded",
            Reason::NotAsked => "not asked",
        }
    }
}

/// The stand-in for a value that could not be had: why, and the particulars.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Missing {
    /// The kind of obstacle.
    pub reason: Reason,
    /// What was tried and what came back, in one line for people.
    pub detail: String,
}

impl Missing {
    /// A missing value with its reason and a one-line detail.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Missing { reason, detail: detail.into() }
    }

    /// It does not exist.
    pub fn absent(detail: impl Into<String>) -> Self {
        Missing::new(Reason::Absent, detail)
    }

    /// It answered, and the answer was of no use.
    pub fn failed(detail: impl Into<String>) -> Self {
        Missing::new(Reason::Failed, detail)
    }

    /// The same, with what it is about before the detail.
    #[must_use]
    pub fn about(&self, what: impl std::fmt::Display) -> Self {
        Missing::new(self.reason, format!("{what}: {}", self.detail))
    }

    /// True when the thing simply does not exist.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.reason == Reason::Absent
    }

    /// The missing value that an I/O error on `what` stands for.
    pub fn from_io(what: impl std::fmt::Display, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let reason = match error.kind() {
            Kind::NotFound | Kind::NotADirectory => Reason::Absent,
            Kind::PermissionDenied => Reason::Denied,
            Kind::TimedOut => Reason::TimedOut,
            _ => Reason::Failed,
        };
        Missing::new(reason, format!("{what}: {}", io_text(error)))
    }
}
