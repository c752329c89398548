use serde::Serialize;

use super::target::Target;
use crate::cli::Failure;
use crate::fix::{EntryId, Proof};
use crate::model::{Class, Preview};
use crate::render::{self, Style};

/// What became of one fix.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Record {
    /// The id of the check.
    pub id: &'static str,
    /// The key of the finding.
    pub key: String,
    /// What the fix does.
    pub title: String,
    /// What applying it takes; None where there is no fix.
    pub class: Option<Class>,
    /// How it ended.
    pub outcome: Outcome,
    /// The journal entry that takes it back.
    pub journal: Option<EntryId>,
    /// More about the outcome: what it waits for, why it failed.
    pub detail: Option<String>,
    /// What each step does.
    pub steps: Vec<Preview>,
}

/// How a fix ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// The finding is gone.
    Resolved,
    /// It will be gone once something has happened.
    Pending,
    /// The finding is still there.
    Unchanged,
    /// Something fails now that did not.
    Worse,
    /// It could not be applied.
    Failed,
    /// It was not applied because nobody agreed to it.
    Declined,
    /// It was applied and taken back.
    Undone,
}

impl Outcome {
    /// All of them, the best first.
    pub(super) const ALL: [Outcome; 7] = [
        Outcome::Resolved,
        Outcome::Pending,
        Outcome::Unchanged,
        Outcome::Worse,
        Outcome::Failed,
        Outcome::Declined,
        Outcome::Undone,
    ];

    /// The word used in JSON and text.
    pub(super) fn id(self) -> &'static str {
        match self {
            Outcome::Resolved => "resolved",
            Outcome::Pending => "pending",
            Outcome::Unchanged => "unchanged",
            Outcome::Worse => "worse",
            Outcome::Failed => "failed",
            Outcome::Declined => "declined",
            Outcome::Undone => "undone",
        }
    }

    /// The mark that tells it without colour.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Outcome::Resolved => "✔",
            Outcome::Pending => "…",
            Outcome::Unchanged => "▲",
            Outcome::Worse | Outcome::Failed => "✖",
            Outcome::Declined | Outcome::Undone => "–",
        }
    }

    /// Its looks.
    pub(super) fn style(self) -> Style {
        match self {
            Outcome::Resolved => Style::Good,
            Outcome::Pending => Style::Info,
            Outcome::Unchanged => Style::Warning,
            Outcome::Worse | Outcome::Failed => Style::Error,
            Outcome::Declined | Outcome::Undone => Style::Dim,
        }
    }
}

impl Record {
    /// A record of a fix that has ended so.
    pub(super) fn new(target: &Target, steps: Vec<Preview>, outcome: Outcome, detail: Option<String>) -> Self {
        Record {
            id: target.check,
            key: target.finding.key.clone(),
            title: target.title().to_owned(),
            class: target.fix.as_ref().map(|fix| fix.class),
            outcome,
            journal: None,
            detail,
            steps,
        }
    }

    /// True when this finding waits for something.
    pub(super) fn is_pending(&self, id: &str, key: &str) -> bool {
        self.outcome == Outcome::Pending && self.id == id && self.key == key
    }

    /// Takes in what probing again has shown. `awaits` is what a change of files
    /// alone takes to have its effect.
    pub(super) fn prove(&mut self, proof: Proof, awaits: Option<&str>) {
        (self.outcome, self.detail) = match proof {
            Proof::Resolved => (Outcome::Resolved, awaits.map(|what| format!("seen after {what}"))),
            Proof::Uncovered(what) => (Outcome::Resolved, Some(format!("behind it, unseen until now: {what}"))),
            Proof::Eased(what) => (Outcome::Resolved, Some(format!("what is left is only this {what}"))),
            Proof::Pending(awaits) => (Outcome::Pending, Some(format!("waits for {awaits}"))),
            Proof::Unchanged(why) => (Outcome::Unchanged, why),
            Proof::Worse(what) => (Outcome::Worse, Some(what)),
        };
    }
}

/// The records in the form that others rely on.
pub(super) fn json(records: &[Record]) -> Result<String, Failure> {
    let report = serde_json::json!({ "schema": "gomedic/1", "fixes": records });
    render::pretty(&report).map_err(|error| Failure::Other(error.to_string()))
}
