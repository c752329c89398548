use std::collections::BTreeSet;
use std::path::Path;

use super::plan::{Plan, PlannedStep, plan};
use super::steps::Lowered;
use super::{Change, diff};
use crate::host::{Host, Machine};
use crate::model::text::plain;
use crate::model::{Fix, Preview};

/// What each step of `fix` would do on this machine: the plan, for people.
#[must_use]
pub fn preview(host: &dyn Host, fix: &Fix) -> Vec<Preview> {
    plan(host, fix).preview(host.machine())
}

impl Plan {
    /// The plan for people, step by step: diffs with passwords masked and
    /// control characters written out.
    #[must_use]
    pub fn preview(&self, machine: &Machine) -> Vec<Preview> {
        let mut told = BTreeSet::new();
        self.steps.iter().map(|step| step.preview(machine, &mut told)).collect()
    }
}

impl PlannedStep {
    /// `told` are the targets of the steps before: what several steps change
    /// is written once.
    fn preview<'a>(&'a self, machine: &Machine, told: &mut BTreeSet<&'a Path>) -> Preview {
        let (diff, sudo, refused) = match &self.lowered {
            Ok(Lowered::Changes(changes)) => {
                let first = changes.iter().filter(|change| told.insert(&change.target));
                let sudo = first.flat_map(Change::through_sudo).collect();
                (Some(changes.iter().map(|change| diff::of(change, machine)).collect()), sudo, None)
            }
            Ok(Lowered::Program(_) | Lowered::Manual) => (None, Vec::new(), None),
            Err(refusal) => (None, Vec::new(), Some(plain(&refusal.to_string()).into_owned())),
        };
        Preview { kind: self.kind, target: self.target.clone(), diff, sudo, refused }
    }
}
