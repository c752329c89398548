use rustix::process::{Pid, Signal};

/// The user and the group of this process.
pub(in crate::host::live) fn ids() -> (u32, u32) {
    (rustix::process::getuid().as_raw(), rustix::process::getgid().as_raw())
}

/// Puts a program that is not started yet into a process group of its own.
pub(in crate::host::live) fn own_group(command: &mut tokio::process::Command) {
    command.process_group(0);
}

/// Kills a process and all of the group that it leads. What has ended already
/// needs no killing.
pub(in crate::host::live) fn kill_group(leader: u32) {
    if let Some(pid) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        let _ = rustix::process::kill_process_group(pid, Signal::KILL);
    }
}
