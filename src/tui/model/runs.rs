use std::time::Duration;

use crate::engine::Fold;
use crate::model::{CheckReport, Event, Status};

/// What the runs have told: the one that goes on, and all that is known from
/// it and the ones before it.
#[derive(Debug)]
pub(in crate::tui) struct Runs {
    /// What is on the screen. A second run replaces outcome by outcome, so
    /// that nothing vanishes while it goes on.
    pub(in crate::tui) shown: Fold,
    /// The run that goes on.
    pub(in crate::tui) current: Option<Run>,
    /// The number of the newest run.
    pub(in crate::tui) newest: u64,
}

/// A run that goes on.
#[derive(Debug, Default)]
pub(in crate::tui) struct Run {
    /// What it has told.
    pub(in crate::tui) told: Fold,
    /// Its probes that have not ended, with the time at which they began,
    /// oldest first.
    pub(in crate::tui) probes: Vec<(&'static str, Duration)>,
}

impl Runs {
    /// Nothing is known yet; `expected` will settle.
    pub(in crate::tui) fn new(expected: Vec<&'static str>) -> Self {
        let told = Fold { expected, ..Fold::default() };
        Runs { shown: told.clone(), current: Some(Run { told, probes: Vec::new() }), newest: 0 }
    }

    /// Begins a run and gives its number.
    pub(in crate::tui) fn begin(&mut self, expected: Vec<&'static str>) -> u64 {
        self.newest += 1;
        self.current = Some(Run { told: Fold { expected, ..Fold::default() }, probes: Vec::new() });
        self.newest
    }

    /// Takes in what the newest run told at the time `now`.
    pub(in crate::tui) fn tell(&mut self, event: Event, now: Duration) {
        let Some(run) = &mut self.current else { return };
        match &event {
            Event::Started { host, .. } => self.shown.host = host.clone(),
            Event::ProbeStarted { probe } => run.probes.push((probe, now)),
            Event::ProbeSettled { probe, .. } => run.probes.retain(|(running, _)| running != probe),
            Event::CheckSettled(_) | Event::HostLearned(_) => self.shown.apply(event.clone()),
            Event::Finished { took, .. } => {
                // The time of a part says nothing of the whole.
                if run.told.expected.len() >= self.shown.expected.len() {
                    self.shown.took = Some(*took);
                }
                self.current = None;
                return;
            }
        }
        run.told.apply(event);
    }

    /// The newest run told its last, with or without an end.
    pub(in crate::tui) fn close(&mut self) {
        self.current = None;
    }

    /// The outcomes that are on the screen.
    pub(in crate::tui) fn reports(&self) -> &[CheckReport] {
        &self.shown.checks
    }

    /// The outcome of a check, if it is known.
    pub(in crate::tui) fn report(&self, check: &str) -> Option<&CheckReport> {
        self.reports().iter().find(|report| report.id == check)
    }

    /// True when the run that goes on has not come to this check yet.
    pub(in crate::tui) fn is_pending(&self, check: &str) -> bool {
        self.current.as_ref().is_some_and(|run| {
            run.told.expected.contains(&check) && !run.told.checks.iter().any(|report| report.id == check)
        })
    }

    /// True when this finding is on the screen.
    pub(in crate::tui) fn has(&self, check: &str, key: &str) -> bool {
        self.report(check).is_some_and(|report| {
            report.status == Status::Findings && report.findings.iter().any(|finding| finding.key == key)
        })
    }
}
