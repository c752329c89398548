use std::sync::Arc;

use crate::checks::Check;
use crate::cli::machine::HostChoice;
use crate::cli::{Failure, progress};
use crate::engine::{self, Options};
use crate::host::Host;
use crate::model::Report;

/// How the machine is looked at, before a fix and after it.
pub(super) struct Examination {
    pub(super) choice: HostChoice,
    pub(super) checks: Vec<&'static Check>,
    pub(super) options: Options,
}

impl Examination {
    /// A host that knows nothing yet.
    pub(super) fn host(&self) -> Result<Arc<dyn Host>, Failure> {
        self.choice.open()
    }

    /// Runs the checks on a host that knows nothing yet.
    pub(super) fn report(&self) -> Result<Report, Failure> {
        let events = engine::start(self.host()?, self.checks.clone(), self.options);
        Ok(progress::follow(events).report())
    }
}
