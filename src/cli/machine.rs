use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Failure, Globals};
use crate::host::Host;
use crate::host::live::{Live, LiveOptions, Network, WindowsHost, supervise};
use crate::host::recorded::Recorded;

/// Which host to read, and how.
#[derive(Debug, Clone)]
pub(super) struct HostChoice {
    machine: Option<PathBuf>,
    folder: Option<PathBuf>,
    network: Network,
    windows: WindowsHost,
    deadline: Duration,
    watch: Vec<String>,
}

impl HostChoice {
    /// The host that the options name.
    #[must_use]
    pub(super) fn new(globals: &Globals, folder: Option<PathBuf>, network: Network, deadline: Duration) -> Self {
        let windows = if globals.no_host { WindowsHost::NotAsked } else { WindowsHost::Asked };
        HostChoice { machine: globals.machine.clone(), folder, network, windows, deadline, watch: Vec::new() }
    }

    /// Has this variable watched too when the start of a shell is traced.
    pub(super) fn watch(&mut self, name: &str) {
        self.watch.push(name.to_owned());
    }

    /// Opens it. Each call gives a host that knows nothing yet, so that a
    /// second look sees what has changed.
    ///
    /// # Errors
    /// When the folder is not there or the machine file cannot be used.
    pub(super) fn open(&self) -> Result<Arc<dyn Host>, Failure> {
        match &self.machine {
            Some(file) => Ok(Arc::new(Recorded::open(file)?)),
            None => Ok(Arc::new(self.live()?)),
        }
    }

    fn live(&self) -> Result<Live, Failure> {
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => std::env::current_dir()
                .map_err(|error| Failure::Other(format!("the current folder is gone: {error}")))?,
        };
        let options = LiveOptions {
            network: self.network,
            windows: self.windows,
            deadline: self.deadline,
            supervisor: supervise::this_executable(),
            watch: self.watch.clone(),
            ..LiveOptions::new(folder)
        };
        Live::new(options).map_err(|error| Failure::Other(error.to_string()))
    }

    /// True for a recorded machine.
    #[must_use]
    pub(super) fn is_recorded(&self) -> bool {
        self.machine.is_some()
    }
}
