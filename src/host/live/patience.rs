//! Trying again while this process may open no more files.
//!
//! Probes run side by side. Where a user's limit of open files is low, they
//! come to it together, and a moment later one of them has given some back.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use super::os;

/// How long it is tried.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long between two tries.
pub(super) const PAUSE: Duration = Duration::from_millis(2);

/// Does what needs a file, once there is one to be had.
///
/// # Errors
/// Those of the action; that no file can be had, when none was for a while.
pub(super) fn patiently<T>(action: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let began = Instant::now();
    loop {
        match action() {
            Err(error) if os::is_out_of_files(&error) && began.elapsed() < PATIENCE => thread::sleep(PAUSE),
            result => return result,
        }
    }
}

/// True when it is worth trying again, for whoever may not sleep.
pub(super) fn is_worth_a_pause(error: &io::Error, since: Instant) -> bool {
    os::is_out_of_files(error) && since.elapsed() < PATIENCE
}
