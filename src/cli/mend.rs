//! Applying a fix and proving it: the same for the command line and the
//! dashboard.

use std::sync::Arc;

use jiff::Timestamp;

use super::machine::HostChoice;
use crate::checks::Check;
use crate::engine::{self, Fold, Options};
use crate::fix::{self, About, Applied, EntryId, OnTerminal, OutOfSight, Programs, Proof, StateFolder, Subject};
use crate::host::Host;
use crate::model::{Class, Finding, Fix, Report};

/// Why there is no journal.
pub(super) const NO_STATE: &str = "there is no home folder to keep a journal in";

/// How a fix ended: the words of `fix --format json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// The finding is gone.
    Resolved,
    /// It will be gone once something has happened.
    Pending,
    /// The finding is still there.
    Unchanged,
    /// Something is wrong now that was not.
    Worse,
    /// It could not be applied.
    Failed,
    /// Nobody said yes.
    Declined,
}

/// What came of a fix.
#[derive(Debug, Clone)]
pub(super) struct Mended {
    /// How it ended.
    pub(super) outcome: Outcome,
    /// What it waits for, what went wrong, or what is left.
    pub(super) detail: Option<String>,
    /// The journal entry that takes it back.
    pub(super) entry: Option<EntryId>,
    /// What the machine looks like now, when it was looked at again.
    pub(super) after: Option<Report>,
}

impl Mended {
    /// A fix that changed nothing.
    pub(super) fn not(outcome: Outcome, why: impl Into<String>) -> Self {
        Mended { outcome, detail: Some(why.into()), entry: None, after: None }
    }
}

/// Applies fixes to this machine.
#[derive(Debug, Clone)]
pub(super) struct Mender {
    pub(super) choice: HostChoice,
    pub(super) options: Options,
    /// What is looked at again after a fix.
    pub(super) checks: Vec<&'static Check>,
}

impl Mender {
    /// A full look at the machine, with eyes that know nothing yet.
    ///
    /// # Errors
    /// Why the machine cannot be read, for people.
    pub(super) fn look(&self) -> Result<Report, String> {
        let host = self.choice.open().map_err(|failure| failure.to_string())?;
        Ok(look(host, &self.checks, self.options))
    }

    /// Plans from a fresh read, applies, looks again, and judges.
    pub(super) fn mend(&self, before: &Report, check: &str, finding: &Finding, fix: &Fix) -> Mended {
        let Some(state) = StateFolder::of_user() else { return Mended::not(Outcome::Failed, NO_STATE) };
        let host = match self.choice.open() {
            Ok(host) => host,
            Err(failure) => return Mended::not(Outcome::Failed, failure.to_string()),
        };
        let plan = fix::plan(&*host, fix);
        let about = About {
            check: check.to_owned(),
            key: finding.key.clone(),
            title: fix.title.clone(),
            awaits: fix.awaits.clone(),
            when: Timestamp::now(),
        };
        let entry = match fix::apply(&state, &plan, &about, programs_of(fix)) {
            Ok(Applied::Done(id)) => Some(id),
            Ok(Applied::NothingToDo) => None,
            Err(error) => return Mended::not(Outcome::Failed, error.to_string()),
        };
        match self.look() {
            Ok(after) => judged(before, after, check, finding, fix, entry),
            Err(why) => {
                Mended { entry, ..Mended::not(Outcome::Unchanged, format!("it could not be looked at again: {why}")) }
            }
        }
    }
}

fn judged(before: &Report, after: Report, check: &str, finding: &Finding, fix: &Fix, entry: Option<EntryId>) -> Mended {
    let subject = Subject { check, finding, awaits: fix.awaits.as_deref() };
    let (outcome, detail) = match fix::verify(subject, &before.checks, &after.checks) {
        Proof::Resolved => (Outcome::Resolved, None),
        Proof::Pending(what) => (Outcome::Pending, Some(what)),
        Proof::Unchanged(why) => (Outcome::Unchanged, why),
        Proof::Worse(what) => (Outcome::Worse, Some(what)),
    };
    Mended { outcome, detail, entry, after: Some(after) }
}

/// Programs of a root fix may ask for a password; others are out of sight.
fn programs_of(fix: &Fix) -> &'static dyn Programs {
    if fix.class == Class::Root { &OnTerminal } else { &OutOfSight }
}

/// Runs checks and folds the events.
pub(super) fn look(host: Arc<dyn Host>, checks: &[&'static Check], options: Options) -> Report {
    let mut events = engine::start(host, checks.to_vec(), options);
    let mut fold = Fold::default();
    while let Some(event) = events.blocking_recv() {
        fold.apply(event);
    }
    fold.report()
}
