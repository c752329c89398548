use std::time::Duration;

use super::{CheckReport, HostSummary, Timing};

/// What happens in a run, in the order in which it happens. A report and the
/// dashboard are both folds of these.
#[derive(Debug, Clone)]
pub enum Event {
    /// The run began. These checks, `(id, title)`, will settle.
    Started {
        /// What is known of the machine before any probe ended.
        host: HostSummary,
        /// Ids of the selected checks, outermost layer first.
        checks: Vec<&'static str>,
    },
    /// A probe began.
    ProbeStarted {
        /// Its id.
        probe: &'static str,
    },
    /// A probe ended.
    ProbeSettled {
        /// Its id.
        probe: &'static str,
        /// How it ended.
        status: ProbeStatus,
        /// How long it took.
        took: Duration,
    },
    /// More is known of the machine.
    HostLearned(HostSummary),
    /// A check has its outcome.
    CheckSettled(CheckReport),
    /// All checks have settled.
    Finished {
        /// Wall time of the run.
        took: Duration,
        /// Probes and programs with their times.
        timings: Vec<Timing>,
    },
}

/// How a probe ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeStatus {
    /// With a fact.
    Known,
    /// Without one, for this reason.
    Missing(super::Missing),
}
