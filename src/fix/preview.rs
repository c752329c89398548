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
        self.steps.iter().map(|step| step.preview(machine)).collect()
    }
}

impl PlannedStep {
    fn preview(&self, machine: &Machine) -> Preview {
        let (diff, sudo, refused) = match &self.lowered {
            Ok(Lowered::Changes(changes)) => {
                let sudo = changes.iter().flat_map(Change::through_sudo).collect();
                (Some(changes.iter().map(|change| diff::of(change, machine)).collect()), sudo, None)
            }
            Ok(Lowered::Program(_) | Lowered::Manual) => (None, Vec::new(), None),
            Err(refusal) => (None, Vec::new(), Some(plain(&refusal.to_string()).into_owned())),
        };
        Preview { kind: self.kind, target: self.target.clone(), diff, sudo, refused }
    }
}
