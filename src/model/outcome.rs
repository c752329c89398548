use std::borrow::Borrow;

use super::{Finding, Missing, Reason};

/// What a check says.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was looked at, and it is right.
    Passed,
    /// These things are wrong.
    Findings(Vec<Finding>),
    /// The check does not apply here; the text says why.
    Skipped(String),
    /// It could not be told; never shown as right.
    Unknown(Missing),
}

impl Outcome {
    /// Passed when there are no findings.
    #[must_use]
    pub fn of(findings: Vec<Finding>) -> Self {
        if findings.is_empty() { Outcome::Passed } else { Outcome::Findings(findings) }
    }

    /// The same where something was found; else unknown where a part could not
    /// be looked at.
    #[must_use]
    pub fn or_unknown(self, missing: Option<impl Borrow<Missing>>) -> Self {
        match (self, missing) {
            (Outcome::Findings(findings), _) => Outcome::Findings(findings),
            (_, Some(missing)) => missing.borrow().clone().into(),
            (other, None) => other,
        }
    }

    /// The check does not apply here, because of `why`.
    pub fn skipped(why: impl Into<String>) -> Self {
        Outcome::Skipped(why.into())
    }
}

impl From<Vec<Finding>> for Outcome {
    fn from(findings: Vec<Finding>) -> Self {
        Outcome::of(findings)
    }
}

impl From<Finding> for Outcome {
    fn from(finding: Finding) -> Self {
        Outcome::Findings(vec![finding])
    }
}

impl From<Missing> for Outcome {
    /// What the user asked not to be asked is skipped, not unknown.
    fn from(missing: Missing) -> Self {
        match missing.reason {
            Reason::NotAsked => Outcome::Skipped(missing.detail),
            _ => Outcome::Unknown(missing),
        }
    }
}
