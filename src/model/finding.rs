use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Context, Evidence, Fix, Severity};

/// Another finding that explains this one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cause {
    /// The id of the check that found the cause.
    pub id: String,
    /// The key of that finding.
    pub key: String,
}

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Tells this finding from others of the same check, and stays the same
    /// between runs as long as the fault does.
    pub key: String,
    /// How bad it is.
    pub severity: Severity,
    /// One line: what is wrong.
    pub summary: String,
    /// The first context that is hit, where contexts matter.
    pub context: Option<Context>,
    /// All contexts that are hit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<Context>,
    /// What this means on this machine, in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The variable or command that it is about, for the Trace pane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Where it was seen. Never empty.
    pub evidence: Vec<Evidence>,
    /// The finding that explains this one.
    pub caused_by: Option<Cause>,
    /// Which of its check's declared causes can explain it; None for all.
    #[serde(skip)]
    pub explained_by: Option<&'static [&'static str]>,
    /// What can be done, best first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding without evidence yet; add it with [`Finding::evidence`].
    pub fn new(key: impl Into<String>, severity: Severity, summary: impl Into<String>) -> Self {
        Finding {
            key: key.into(),
            severity,
            summary: summary.into(),
            context: None,
            contexts: Vec::new(),
            detail: None,
            subject: None,
            evidence: Vec::new(),
            caused_by: None,
            explained_by: None,
            fixes: Vec::new(),
        }
    }

    /// The findings in order, without those whose key came before: two places
    /// with one fault.
    #[must_use]
    pub fn each_once(findings: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
        let mut known = HashSet::new();
        findings.into_iter().filter(|finding| known.insert(finding.key.clone())).collect()
    }

    /// Names the contexts that are hit.
    #[must_use]
    pub fn seen_in(mut self, contexts: impl IntoIterator<Item = Context>) -> Self {
        self.contexts = contexts.into_iter().collect();
        self.context = self.contexts.first().copied();
        self
    }

    /// Says what it means on this machine.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Names the variable or command that it is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Adds one piece of evidence.
    #[must_use]
    pub fn evidence(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Adds pieces of evidence.
    #[must_use]
    pub fn evidences(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    /// Says which of its check's declared causes can explain it: a dead proxy
    /// explains no failure on a way that does not lead through it.
    #[must_use]
    pub fn explained_by(mut self, ids: &'static [&'static str]) -> Self {
        self.explained_by = Some(ids);
        self
    }

    /// Adds a fix.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Adds fixes, best first.
    #[must_use]
    pub fn fixes(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.fixes.extend(fixes);
        self
    }
}
