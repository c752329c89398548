use std::time::Duration;

use crate::model::{CheckReport, Event, HostSummary, Report, Summary, Timing};

/// The fold of a run's events: what is known so far, and the report in the
/// end.
#[derive(Debug, Clone, Default)]
pub struct Fold {
    /// The machine.
    pub host: HostSummary,
    /// Ids of the checks that will settle, outermost layer first.
    pub expected: Vec<&'static str>,
    /// Outcomes so far, in the order of `expected`.
    pub checks: Vec<CheckReport>,
    /// Probes that have begun and not ended.
    pub running: Vec<&'static str>,
    /// Wall time, once the run is over.
    pub took: Option<Duration>,
    /// Probes and programs with their times, once the run is over.
    pub timings: Vec<Timing>,
}

impl Fold {
    /// Takes in one event.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Started { host, checks } => {
                *self = Fold { host, expected: checks, ..Fold::default() };
            }
            Event::ProbeStarted { probe } => self.running.push(probe),
            Event::ProbeSettled { probe, .. } => self.running.retain(|running| *running != probe),
            Event::HostLearned(host) => self.host = host,
            Event::CheckSettled(check) => self.put(check),
            Event::Finished { took, timings } => {
                self.took = Some(took);
                self.timings = timings;
                self.running.clear();
            }
        }
    }

    /// Files a check's outcome; a second one for the same id replaces the
    /// first, as happens when its cause settles after it.
    fn put(&mut self, check: CheckReport) {
        let order = |id: &str| self.expected.iter().position(|expected| *expected == id).unwrap_or(usize::MAX);
        let rank = order(check.id);
        match self.checks.iter().position(|known| order(known.id) >= rank) {
            Some(at) if self.checks[at].id == check.id => self.checks[at] = check,
            Some(at) => self.checks.insert(at, check),
            None => self.checks.push(check),
        }
    }

    /// The report of what is known so far.
    #[must_use]
    pub fn report(&self) -> Report {
        Report {
            schema: "gomedic/1",
            gomedic: env!("CARGO_PKG_VERSION"),
            duration_ms: self.took.map_or(0, |took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX)),
            host: self.host.clone(),
            summary: Summary::count(&self.checks),
            checks: self.checks.clone(),
        }
    }
}
