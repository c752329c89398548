use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};

use super::Failure;
use crate::host::live::supervise;

/// A folder for what is written on the way; it goes away with this value, and
/// when the user or the system ends gomedic.
pub(super) struct Scratch {
    path: PathBuf,
    /// Held for good by who ends gomedic.
    gate: Arc<Mutex<()>>,
}

impl Scratch {
    /// Makes one that nobody else can look into.
    ///
    /// # Errors
    /// When the folder for temporary files cannot be written to.
    pub(super) fn new() -> Result<Scratch, Failure> {
        let above = std::env::temp_dir();
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let mut number = 0;
        loop {
            let path = above.join(format!("gomedic-cross-{}-{number}", std::process::id()));
            match builder.create(&path) {
                Ok(()) => {
                    let scratch = Scratch { path, gate: Arc::default() };
                    scratch.remove_at_the_end();
                    return Ok(scratch);
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && number < 100 => number += 1,
                Err(error) => {
                    return Err(Failure::Other(format!("cannot make a folder in {}: {error}", above.display())));
                }
            }
        }
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Goes on, unless gomedic is being ended.
    pub(super) fn pass(&self) {
        drop(self.gate.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.pass();
        // What cannot be removed lies among temporary files.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(unix)]
impl Scratch {
    /// Where no signal can be waited for, the system's way is left as it is.
    fn remove_at_the_end(&self) {
        use tokio::signal::unix::{SignalKind, signal};

        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
        let (path, gate) = (self.path.clone(), Arc::clone(&self.gate));
        let (told, waits) = mpsc::channel::<()>();
        let wait = async move {
            let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
            let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = kinds.map(signal) else { return };
            drop(told);
            let kind = tokio::select! {
                _ = interrupt.recv() => kinds[0],
                _ = terminate.recv() => kinds[1],
                _ = hangup.recv() => kinds[2],
            };
            let _closed = gate.lock();
            // A build that runs would write on.
            supervise::end_programs();
            let _ = fs::remove_dir_all(&path);
            std::process::exit(128 + kind.as_raw_value());
        };
        std::thread::spawn(move || runtime.block_on(wait));
        // From now on the signals do what is said here.
        let _ = waits.recv();
    }
}

#[cfg(not(unix))]
impl Scratch {
    fn remove_at_the_end(&self) {}
}
