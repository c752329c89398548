use super::diff;
use super::plan::{Plan, PlannedStep, plan};
use super::steps::Lowered;
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
        let (diff, refused) = match &self.lowered {
            Ok(Lowered::Changes(changes)) => {
                (Some(changes.iter().map(|change| diff::of(change, machine)).collect()), None)
            }
            Ok(Lowered::Program(_) | Lowered::Manual) => (None, None),
            Err(refusal) => (None, Some(plain(&refusal.to_string()).into_owned())),
        };
        Preview { kind: self.kind, target: self.target.clone(), diff, refused }
    }
}
