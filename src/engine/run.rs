use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::absence::absence;
use super::causes;
use crate::checks::Check;
use crate::collections::order;
use crate::fix;
use crate::host::Host;
use crate::model::{CheckReport, Event, HostSummary, Missing, Outcome, ProbeStatus, Timing};
use crate::probes::{Facts, ProbeNews, ProbeRef, Probing, summarise};

/// How a run goes.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// When probes that have not ended are given up.
    pub deadline: Duration,
    /// The same on WSL, where Windows may be waited for.
    pub on_wsl: Duration,
}

impl Options {
    /// One deadline for every machine.
    #[must_use]
    pub fn within(deadline: Duration) -> Self {
        Options { deadline, on_wsl: deadline }
    }
}

/// How much stack a probe's thread has, in bytes: parsers go no deeper, and
/// there are a hundred of them where address space may be limited.
const STACK: usize = 512 * 1024;

/// Starts a run and returns its events. The last one is always
/// [`Event::Finished`], at the deadline at the latest.
///
/// Dropping the receiver abandons the run.
pub fn start(host: Arc<dyn Host>, checks: Vec<&'static Check>, options: Options) -> UnboundedReceiver<Event> {
    let (events, receiver) = unbounded_channel();
    let run = move || Run::new(host, checks, events).drive(options);
    if thread::Builder::new().name("engine".into()).spawn(run).is_err() {
        // Without a thread there is no run: the channel closes, and the
        // receiver sees an end without an outcome.
    }
    receiver
}

struct Run {
    host: Arc<dyn Host>,
    events: UnboundedSender<Event>,
    began: Instant,
    pending: Vec<&'static Check>,
    reports: Vec<CheckReport>,
    timings: Vec<Timing>,
    summary: HostSummary,
}

impl Run {
    fn new(host: Arc<dyn Host>, checks: Vec<&'static Check>, events: UnboundedSender<Event>) -> Self {
        let summary = summarise(host.machine(), None);
        Run { host, events, began: Instant::now(), pending: checks, reports: Vec::new(), timings: Vec::new(), summary }
    }

    fn drive(mut self, options: Options) {
        let ids = self.pending.iter().map(|check| check.id).collect();
        self.tell(Event::Started { host: self.summary.clone(), checks: ids });
        self.skip_absent_layers();

        let deadline = if self.host.machine().is_wsl() { options.on_wsl } else { options.deadline };
        let (sender, mut news) = unbounded_channel();
        let probing = Probing::watched(Arc::clone(&self.host), sender);
        for probe in probes_of(&self.pending) {
            let probing = probing.clone();
            let spawned =
                thread::Builder::new().name(probe.id.into()).stack_size(STACK).spawn(move || probe.settle(&probing));
            // A thread that cannot be had leaves its probe unsettled, and the
            // checks behind it unknown at the deadline.
            drop(spawned);
        }
        let facts = Arc::clone(probing.facts());
        drop(probing);

        // The run's clock: one receive with a deadline per piece of news.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        while !self.pending.is_empty() {
            self.settle_ready(&facts);
            if self.pending.is_empty() {
                break;
            }
            let left = deadline.saturating_sub(self.began.elapsed());
            let next = match &runtime {
                Ok(runtime) => runtime.block_on(async { tokio::time::timeout(left, news.recv()).await.ok().flatten() }),
                Err(_) => news.blocking_recv(),
            };
            match next {
                Some(piece) => self.note(piece, &facts),
                None => break,
            }
        }
        self.settle_all(&facts);
        // Checks settle by facts, and may do so before the news of them.
        while let Ok(piece) = news.try_recv() {
            self.note(piece, &facts);
        }
        self.learn(&facts);
        let took = self.began.elapsed();
        let mut timings = std::mem::take(&mut self.timings);
        timings.extend(self.host.programs_run());
        self.tell(Event::Finished { took, timings });
    }

    /// Layers that this machine does not have cost nothing: no probe of them
    /// starts.
    fn skip_absent_layers(&mut self) {
        let wsl = &self.host.machine().wsl;
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pending).into_iter().partition(|check| absence(check.layer, wsl.class).is_none());
        let skipped: Vec<CheckReport> = elsewhere
            .into_iter()
            .filter_map(|check| {
                let outcome = Outcome::skipped(absence(check.layer, wsl.class)?);
                Some(CheckReport::new((check.id, check.layer, check.title, check.impact), outcome, 0))
            })
            .collect();
        self.pending = here;
        for report in skipped {
            self.tell(Event::CheckSettled(report.clone()));
            self.reports.push(report);
        }
    }

    fn note(&mut self, news: ProbeNews, facts: &Facts) {
        match news {
            ProbeNews::Began(probe) => self.tell(Event::ProbeStarted { probe }),
            ProbeNews::Settled(probe, missing, took) => {
                let now = self.began.elapsed();
                self.timings.push(Timing {
                    name: format!("probe {probe}"),
                    began_us: micros(now.saturating_sub(took)),
                    took_us: micros(took),
                });
                let status = missing.map_or(ProbeStatus::Known, ProbeStatus::Missing);
                self.tell(Event::ProbeSettled { probe, status, took });
                self.learn(facts);
            }
        }
    }

    /// Tells what is new of the machine.
    fn learn(&mut self, facts: &Facts) {
        let summary = summarise(self.host.machine(), Some(facts));
        if summary != self.summary {
            self.summary = summary.clone();
            self.tell(Event::HostLearned(summary));
        }
    }

    /// Runs every check whose facts have all settled.
    fn settle_ready(&mut self, facts: &Facts) {
        let (ready, waiting) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|check| check.rule.needs.iter().all(|probe| facts.is_settled(probe.id)));
        self.pending = waiting;
        self.settle(ready, facts);
    }

    /// Runs the rest; facts that are not there make them unknown.
    fn settle_all(&mut self, facts: &Facts) {
        let rest = std::mem::take(&mut self.pending);
        self.settle(rest, facts);
    }

    fn settle(&mut self, checks: Vec<&'static Check>, facts: &Facts) {
        if checks.is_empty() {
            return;
        }
        let mut fresh = Vec::new();
        for check in checks {
            let report = self.judge(check, facts);
            fresh.push(report.id);
            self.reports.push(report);
        }
        fresh.extend(causes::link(&mut self.reports));
        fresh.dedup();
        for report in self.reports.iter().filter(|report| fresh.contains(&report.id)) {
            self.tell(Event::CheckSettled(report.clone()));
        }
    }

    /// A panic inside a rule is that check's problem alone.
    fn judge(&self, check: &'static Check, facts: &Facts) -> CheckReport {
        let began = Instant::now();
        let mut outcome = catch_unwind(AssertUnwindSafe(|| (check.rule.judge)(facts))).unwrap_or_else(|_| {
            Outcome::Unknown(Missing::failed(format!("the check {} failed inside; please report it", check.id)))
        });
        if let Outcome::Findings(findings) = &mut outcome {
            for fix in findings.iter_mut().flat_map(|finding| &mut finding.fixes) {
                fix.preview = fix::preview(&*self.host, fix);
            }
        }
        let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        CheckReport::new((check.id, check.layer, check.title, check.impact), outcome, took)
    }

    fn tell(&self, event: Event) {
        // A receiver that is gone wants nothing more.
        let _ = self.events.send(event);
    }
}

/// The probes that these checks need, each once, in the order of their start.
fn probes_of(checks: &[&'static Check]) -> Vec<ProbeRef> {
    let mut probes: Vec<ProbeRef> = Vec::new();
    for probe in checks.iter().flat_map(|check| check.rule.needs) {
        if !probes.iter().any(|known| known.id == probe.id) {
            probes.push(*probe);
        }
    }
    order::sort_by_key(&mut probes, |probe| probe.order);
    probes
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
