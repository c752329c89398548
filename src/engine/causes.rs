//! Cause before symptom: links findings along the edges that checks declare.

use crate::checks;
use crate::model::{Cause, CheckReport, Finding};

/// Names the cause of every finding whose check declares one that was found.
/// Returns the ids of the checks whose findings changed.
///
/// The first declared cause that has a finding wins. Of several findings of
/// the cause, in a context that both share, the one about the same variable
/// is taken, or else the worst.
pub(super) fn link(reports: &mut [CheckReport]) -> Vec<&'static str> {
    let mut changed = Vec::new();
    for at in 0..reports.len() {
        let Some(check) = checks::find(reports[at].id) else { continue };
        if check.causes.is_empty() || reports[at].findings.is_empty() {
            continue;
        }
        let mut linked = reports[at].findings.clone();
        for finding in linked.iter_mut().filter(|finding| finding.caused_by.is_none()) {
            let explains = |id: &&&str| finding.explained_by.is_none_or(|ids| ids.contains(id));
            finding.caused_by = check.causes.iter().filter(explains).find_map(|id| {
                let cause = reports.iter().find(|report| report.id == *id)?;
                cause
                    .findings
                    .iter()
                    .filter(|other| shares_context(&other.contexts, &finding.contexts))
                    .max_by_key(|other| (is_about_the_same(other, finding), other.severity))
                    .map(|other| Cause { id: (*id).to_owned(), key: other.key.clone() })
            });
        }
        if linked != reports[at].findings {
            reports[at].findings = linked;
            changed.push(check.id);
        }
    }
    changed
}

/// Both speak of one variable or command.
fn is_about_the_same(a: &Finding, b: &Finding) -> bool {
    a.subject.is_some() && a.subject == b.subject
}

/// Findings that name no context hold in all of them.
fn shares_context(a: &[crate::model::Context], b: &[crate::model::Context]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|context| b.contains(context))
}
