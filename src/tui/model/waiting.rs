use super::Model;
use crate::model::{Branch, CheckReport, forest};
use crate::tui::backend::FixOutcome;

/// What is fixed already and only waits to be seen, set apart from what is
/// still to be fixed.
#[derive(Debug)]
pub(in crate::tui) struct Waiting {
    /// What is waited for, such as "a new shell".
    pub(in crate::tui) what: String,
    /// The outcomes without the findings that wait, and without those that
    /// they explain.
    pub(in crate::tui) others: Vec<CheckReport>,
}

/// Sets apart what waits; None when nothing does.
pub(in crate::tui) fn waiting(model: &Model) -> Option<Waiting> {
    let what = |check: &str, key: &str| match &model.session.of(check, key)?.outcome {
        FixOutcome::Pending(what) => Some(what.clone()),
        _ => None,
    };
    let mut waits = Vec::new();
    let mut first = None;
    let mut branches = forest(model.runs.reports());
    while let Some(branch) = branches.pop() {
        match what(branch.check.id, &branch.finding.key) {
            Some(what) => {
                first = Some(what);
                collect(&branch, &mut waits);
            }
            None => branches.extend(branch.effects),
        }
    }
    let mut others = model.runs.reports().to_vec();
    for report in &mut others {
        let id = report.id;
        report.findings.retain(|finding| !waits.contains(&(id, finding.key.clone())));
    }
    Some(Waiting { what: first?, others })
}

/// A finding, and all that it explains.
fn collect(branch: &Branch<'_>, into: &mut Vec<(&'static str, String)>) {
    into.push((branch.check.id, branch.finding.key.clone()));
    branch.effects.iter().for_each(|effect| collect(effect, into));
}
