/// Stops this process and returns once it was continued.
///
/// # Errors
/// Why it cannot be stopped: without a shell that waits, nobody could ever
/// continue it.
#[cfg(unix)]
pub(in crate::tui) fn stop() -> Result<(), &'static str> {
    use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};

    // The leader of a session has no shell above it.
    if getsid(None).is_ok_and(|session| session == getpgrp()) {
        return Err("There is no shell here to go back to.");
    }
    kill_current_process_group(Signal::STOP).map_err(|_| "The system does not let gomedic stop itself.")
}

/// Stops this process; not possible here.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub(in crate::tui) fn stop() -> Result<(), &'static str> {
    Err("There is no way to stop a program here.")
}
