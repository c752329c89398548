//! Applying one fix from the dashboard, and proving it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::checks::{self, Check};
use crate::cli::machine::HostChoice;
use crate::engine::{self, Fold, Options};
use crate::fix::{self, About, Applied, OnTerminal, OutOfSight, Plan, Programs, Proof, StateFolder, Subject};
use crate::host::Host;
use crate::model::{Finding, Fix, Report};
use crate::tui::{FixOutcome, FixReport};

/// Why there is no journal.
pub(super) const NO_STATE: &str = "there is no home folder to keep a journal in";

/// Applies fixes to this machine.
pub(super) struct Mender<'a> {
    pub(super) choice: &'a HostChoice,
    pub(super) options: Options,
    /// What is looked at before and after a fix.
    pub(super) checks: Vec<&'static Check>,
}

impl Mender<'_> {
    /// Plans from a fresh read, applies, looks again, and judges.
    pub(super) fn mend(&self, check: &str, finding: &Finding, fix: &Fix) -> FixReport {
        self.try_mend(check, finding, fix)
            .unwrap_or_else(|why| FixReport { outcome: FixOutcome::Failed(why), entry: None })
    }

    fn try_mend(&self, check: &str, finding: &Finding, fix: &Fix) -> Result<FixReport, String> {
        let state = StateFolder::of_user().ok_or(NO_STATE)?;
        let host = self.open()?;
        let plan = fix::plan(&*host, fix);
        if let Some(refusal) = plan.refused() {
            return Err(refusal.to_string());
        }
        let before = self.look(host);
        let about = About {
            check: check.to_owned(),
            key: finding.key.clone(),
            title: fix.title.clone(),
            awaits: fix.awaits.clone(),
            when: Timestamp::now(),
        };
        let entry = match fix::apply(&state, &plan, &about, programs_of(&plan)).map_err(|error| error.to_string())? {
            Applied::Done(id) => Some(id.to_string()),
            Applied::Unrecorded | Applied::NothingToDo => None,
        };
        let outcome = match self.open() {
            Ok(host) => {
                let effects = checks::effects_of(check);
                let subject = Subject { check, finding, awaits: fix.awaits.as_deref(), effects: &effects };
                told(fix::verify(subject, &before.checks, &self.look(host).checks))
            }
            Err(_) => FixOutcome::Unchanged,
        };
        Ok(FixReport { outcome, entry })
    }

    fn open(&self) -> Result<Arc<dyn Host>, String> {
        self.choice.open().map_err(|failure| failure.to_string())
    }

    fn look(&self, host: Arc<dyn Host>) -> Report {
        let mut events = engine::start(host, self.checks.clone(), self.options);
        let mut fold = Fold::default();
        while let Some(event) = events.blocking_recv() {
            fold.apply(event);
        }
        fold.report()
    }
}

fn told(proof: Proof) -> FixOutcome {
    match proof {
        Proof::Resolved => FixOutcome::Resolved,
        Proof::Uncovered(what) => FixOutcome::Uncovered(what),
        Proof::Eased(what) => FixOutcome::Eased(what),
        Proof::Pending(what) => FixOutcome::Pending(what),
        Proof::Unchanged(_) => FixOutcome::Unchanged,
        Proof::Worse(what) => FixOutcome::Worse(what),
    }
}

/// Programs that may ask for a password have the terminal; others are out of
/// sight.
fn programs_of(plan: &Plan) -> &'static dyn Programs {
    if plan.needs_terminal() { &OnTerminal } else { &OutOfSight }
}
