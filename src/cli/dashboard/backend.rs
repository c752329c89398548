use super::mend::{Mender, NO_STATE};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::checks::{self, Check};
use crate::cli::Failure;
use crate::cli::machine::HostChoice;

use crate::engine::{self, Options};
use crate::fix::{self, OnTerminal, OutOfSight, Phase, Programs, StateFolder, UndoError};
use crate::host::Host;
use crate::model::{Event, Privilege, Report, Trace};
use crate::probes::{self, Probing};
use crate::render;
use crate::tui::{Backend, Entry, EntryState, FixOutcome, FixReport, FixRequest, Scope, UndoOutcome};

/// The rest of gomedic, as the dashboard sees it.
pub(super) struct LiveBackend {
    choice: HostChoice,
    options: Options,
    /// What the last run has read, so that a trace need not ask again.
    probing: Mutex<Probing>,
}

impl LiveBackend {
    /// Opens the host, to know at once whether that is possible.
    pub(super) fn new(choice: HostChoice, options: Options) -> Result<Self, Failure> {
        let host = choice.open()?;
        Ok(LiveBackend { choice, options, probing: Mutex::new(Probing::new(host)) })
    }

    fn probing(&self) -> Probing {
        self.probing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A host that knows nothing yet: a second look sees what has changed.
    fn fresh(&self) -> Result<Arc<dyn Host>, String> {
        let host = self.choice.open().map_err(|failure| failure.to_string())?;
        *self.probing.lock().unwrap_or_else(PoisonError::into_inner) = Probing::new(Arc::clone(&host));
        Ok(host)
    }
}

impl Backend for LiveBackend {
    fn checks(&self) -> Vec<&'static Check> {
        checks::all()
    }

    fn start(&self, scope: Scope) -> UnboundedReceiver<Event> {
        let chosen = match scope {
            Scope::All => checks::all(),
            Scope::Around(id) => around(id),
        };
        match self.fresh() {
            Ok(host) => engine::start(host, chosen, self.options),
            // The channel closes at once: the dashboard says that the run ended.
            Err(_) => unbounded_channel().1,
        }
    }

    fn apply(&self, request: &FixRequest) -> FixReport {
        let Some(fix) = request.fix() else {
            return FixReport { outcome: FixOutcome::Failed("that fix is gone".to_owned()), entry: None };
        };
        let mender = Mender { choice: &self.choice, options: self.options, checks: around(request.check) };
        mender.mend(request.check, &request.finding, fix)
    }

    fn undo(&self, entry: &str) -> UndoOutcome {
        let Some(state) = StateFolder::of_user() else { return UndoOutcome::Failed(NO_STATE.to_owned()) };
        let Ok(id) = entry.parse() else { return UndoOutcome::Failed(format!("{entry} is not in the journal")) };
        match fix::undo(&state, id, programs(&state, entry), Timestamp::now()) {
            Ok(_) => UndoOutcome::Undone,
            Err(UndoError::Changed(changed)) => {
                let diff = changed.diff(self.probing().host().machine());
                UndoOutcome::Refused { why: UndoError::Changed(changed).to_string(), diff: Some(diff) }
            }
            Err(error @ (UndoError::Already(_) | UndoError::Impossible(_) | UndoError::Lock(_))) => {
                UndoOutcome::Refused { why: error.to_string(), diff: None }
            }
            Err(error) => UndoOutcome::Failed(error.to_string()),
        }
    }

    fn history(&self) -> Result<Vec<Entry>, String> {
        let state = StateFolder::of_user().ok_or(NO_STATE)?;
        let interrupted = fix::recover(&state, Timestamp::now()).map_err(|error| error.to_string())?.interrupted;
        let history = state.history().map_err(|error| error.to_string())?;
        Ok(history.entries.iter().map(|entry| told(entry, &interrupted)).collect())
    }

    fn finish(&self, entry: &str) -> FixOutcome {
        let Some(state) = StateFolder::of_user() else { return FixOutcome::Failed(NO_STATE.to_owned()) };
        let Ok(id) = entry.parse() else { return FixOutcome::Failed(format!("{entry} is not in the journal")) };
        match fix::finish(&state, id, programs(&state, entry), Timestamp::now()) {
            Ok(_) => FixOutcome::Resolved,
            Err(error) => FixOutcome::Failed(error.to_string()),
        }
    }

    fn trace(&self, subject: &str) -> Trace {
        probes::trace(&self.probing(), subject)
    }

    fn export(&self, report: &Report) -> Result<String, String> {
        const NAME: &str = "gomedic-report.md";
        std::fs::write(NAME, render::markdown(report)).map_err(|error| format!("{NAME}: {error}"))?;
        Ok(NAME.to_owned())
    }
}

/// The check itself, and all that causes link it with, however far.
fn around(id: &str) -> Vec<&'static Check> {
    let mut linked: Vec<&str> = vec![id];
    let mut at = 0;
    while at < linked.len() {
        let here = linked[at];
        for check in checks::all() {
            let is_linked =
                check.causes.contains(&here) || checks::find(here).is_some_and(|it| it.causes.contains(&check.id));
            if is_linked && !linked.contains(&check.id) {
                linked.push(check.id);
            }
        }
        at += 1;
    }
    checks::all().into_iter().filter(|check| linked.contains(&check.id)).collect()
}

/// Programs that may ask for a password have the terminal; others are out of
/// sight.
fn programs(state: &StateFolder, entry: &str) -> &'static dyn Programs {
    let needs_root = entry
        .parse()
        .ok()
        .and_then(|id| state.entry(id).ok())
        .is_some_and(|entry| privilege(&entry) == Privilege::Root);
    if needs_root { &OnTerminal } else { &OutOfSight }
}

fn privilege(entry: &fix::Entry) -> Privilege {
    match entry.rights() {
        fix::Rights::Sudo => Privilege::Root,
        fix::Rights::Own => Privilege::User,
    }
}

fn told(entry: &fix::Entry, interrupted: &[fix::Interrupted]) -> Entry {
    let state = match (entry.phase, entry.cannot_be_undone()) {
        (Phase::Undone, _) => EntryState::Undone,
        (Phase::Applied, None) => EntryState::Applied,
        (Phase::Applied, Some(why)) => EntryState::Final(why),
        (Phase::Intended | Phase::Undoing, _) => {
            let parts = interrupted.iter().find(|found| found.entry.id == entry.id).map(|found| &found.parts);
            let parts = parts.into_iter().flatten().map(|part| format!("{}: {}", part.what, part.stage.title()));
            EntryState::Interrupted(parts.collect::<Vec<_>>().join(", "))
        }
    };
    Entry {
        id: entry.id.to_string(),
        when: entry.about.when.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string(),
        title: entry.about.title.clone(),
        check: entry.about.check.clone(),
        state,
        privilege: privilege(entry),
    }
}
