use super::Model;
use crate::model::{Layer, Status, Summary};

/// A layer with the state of its checks.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) struct Stratum {
    /// The layer.
    pub(in crate::tui) layer: Layer,
    /// Its checks.
    pub(in crate::tui) checks: usize,
    /// Its checks that have not settled in the run that goes on.
    pub(in crate::tui) pending: usize,
    /// What its settled checks say.
    pub(in crate::tui) summary: Summary,
}

impl Stratum {
    /// The status to show when nothing is wrong and nothing is pending.
    pub(in crate::tui) fn status(&self) -> Status {
        match self.summary {
            Summary { unknown: 1.., .. } => Status::Unknown,
            Summary { passed: 1.., .. } => Status::Passed,
            _ => Status::Skipped,
        }
    }
}

/// The layers that have checks, outermost first.
pub(in crate::tui) fn strata(model: &Model) -> Vec<Stratum> {
    let mut strata = Vec::new();
    for layer in Layer::ALL {
        let ids = || model.checks.iter().filter(|check| check.layer == layer).map(|check| check.id);
        let checks = ids().count();
        if checks > 0 {
            let pending = ids().filter(|id| model.runs.is_pending(id)).count();
            let summary = Summary::count(model.runs.reports().iter().filter(|report| report.layer == layer));
            strata.push(Stratum { layer, checks, pending, summary });
        }
    }
    strata
}
