//! What the kernel and the processor can run.

use std::sync::OnceLock;

use super::handlers::{self, Handler};
use crate::host::Host;
use crate::probes::system::Processor;

/// Read when the first file needs it.
#[derive(Debug, Default)]
pub(super) struct Kernel {
    handlers: OnceLock<Vec<Handler>>,
    processor: OnceLock<Processor>,
}

impl Kernel {
    /// The handler that takes a file by its first bytes.
    pub(super) fn handler(&self, host: &dyn Host, start: &[u8]) -> Option<&Handler> {
        self.handlers.get_or_init(|| handlers::read(host)).iter().find(|handler| handler.takes(start))
    }

    /// The processor.
    pub(super) fn processor(&self, host: &dyn Host) -> &Processor {
        self.processor.get_or_init(|| Processor::of(host))
    }
}
