//! The thread that waits for programs and connections on behalf of all others.

use std::{io, thread};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// A runtime on a thread of its own. Those who wait do so on their own
/// threads; this one drives time and input for them. A scheduler for many
/// threads would do the same, and be a tenth of a megabyte more.
///
/// Dropping it waits for nothing that hangs.
#[derive(Debug)]
pub(super) struct Driver {
    handle: Handle,
    /// The thread ends with it.
    _stop: oneshot::Sender<()>,
}

impl Driver {
    /// Starts the thread.
    ///
    /// # Errors
    /// When there is no room for another thread or file descriptor.
    pub(super) fn start() -> io::Result<Driver> {
        let runtime = Builder::new_current_thread().thread_name("host").enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        thread::Builder::new().name("host".into()).spawn(move || {
            let _ = runtime.block_on(stopped);
            runtime.shutdown_background();
        })?;
        Ok(Driver { handle, _stop: stop })
    }

    /// The runtime.
    pub(super) fn handle(&self) -> &Handle {
        &self.handle
    }
}
