use super::draft::Draft;
use super::steps::{self, Lowered};
use super::{Act, Refusal, Rights, Takeback};
use crate::host::Host;
use crate::model::{Fix, Step};

/// What a fix comes to on this machine, as it is now. Previews are drawn from
/// it, and applying does exactly what stands in it.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) steps: Vec<PlannedStep>,
    pub(super) acts: Vec<Act>,
    pub(super) recorded: Option<String>,
}

/// One step of the fix.
#[derive(Debug, Clone)]
pub(super) struct PlannedStep {
    pub kind: &'static str,
    pub target: String,
    pub lowered: Result<Lowered, Refusal>,
}

/// Plans a fix from a fresh read of the machine. Changes nothing.
#[must_use]
pub fn plan(host: &dyn Host, fix: &Fix) -> Plan {
    let mut draft = Draft::new(host, fix.class);
    let steps = fix.steps.iter().map(|step| lower(step, &mut draft)).collect();
    Plan { steps, acts: draft.into_acts(), recorded: host.machine().recorded.clone() }
}

fn lower(step: &Step, draft: &mut Draft<'_>) -> PlannedStep {
    let lowering = steps::of(step);
    let target = lowering.target(draft);
    PlannedStep { kind: step.kind(), target, lowered: lowering.lower(draft) }
}

impl Plan {
    /// What is done, in order; empty when nothing is left to do.
    #[must_use]
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// Why it cannot be applied as things are.
    #[must_use]
    pub fn refused(&self) -> Option<Refusal> {
        if let Some(name) = &self.recorded {
            let why = format!("{name} is a recorded machine: its fixes can only be previewed");
            return Some(Refusal::new(why));
        }
        self.steps.iter().find_map(|step| match &step.lowered {
            Err(refusal) => Some(refusal.clone()),
            Ok(Lowered::Manual) => Some(Refusal::new("this is for you to do")),
            Ok(Lowered::Changes(_) | Lowered::Program(_)) => None,
        })
    }

    /// True when sudo may ask for a password, so that a dashboard
    /// has to hand over the terminal.
    #[must_use]
    pub fn needs_terminal(&self) -> bool {
        self.acts.iter().any(|act| act.rights() == Rights::Sudo)
    }

    /// Why it cannot be taken back; None when it can.
    #[must_use]
    pub fn cannot_be_undone(&self) -> Option<&str> {
        self.acts.iter().find_map(|act| match act {
            Act::Run(run) => match &run.takeback {
                Takeback::Impossible(why) => Some(why.as_str()),
                Takeback::Argv(_) | Takeback::Restore(_) => None,
            },
            Act::Change(_) => None,
        })
    }
}
