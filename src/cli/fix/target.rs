use crate::model::{Cause, Class, Finding, Fix, Report};

/// A finding that is to be fixed, with its fix.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) check: &'static str,
    pub(super) finding: Finding,
    /// The first of its fixes.
    pub(super) fix: Option<Fix>,
}

impl Target {
    /// What is done, or where there is nothing to do, what is wrong.
    pub(super) fn title(&self) -> &str {
        self.fix.as_ref().map_or(&self.finding.summary, |fix| &fix.title)
    }

    /// True when that is this finding.
    pub(super) fn is(&self, check: &str, key: &str) -> bool {
        self.check == check && self.finding.key == key
    }

    /// True when that names this finding.
    pub(super) fn is_named_by(&self, cause: &Cause) -> bool {
        self.is(&cause.id, &cause.key)
    }
}

/// The findings of the named checks; without names, those whose first fix is
/// safe.
pub(super) fn targets(report: &Report, ids: &[String]) -> Vec<Target> {
    report
        .findings()
        .map(|(check, finding)| Target {
            check: check.id,
            finding: finding.clone(),
            fix: finding.fixes.first().cloned(),
        })
        .filter(|target| match ids {
            [] => target.fix.as_ref().is_some_and(|fix| fix.class == Class::Safe),
            _ => ids.iter().any(|id| id == target.check),
        })
        .collect()
}
