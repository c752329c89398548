//! A supervisor: gomedic's own executable, started a second time, as the
//! parent of one program that gomedic runs.
//!
//! It takes the program out of the terminal (a session of its own: nothing
//! can ask for a password, stop on terminal access, or take the keyboard),
//! adopts whatever the program's children leave behind, and when the program
//! has ended, or gomedic has, kills all that is left. So an rc file that
//! starts an agent, a program that ignores every polite signal, and a gomedic
//! that is killed in the middle, leave nothing running.
//!
//! Its standard input is one end of a socket: closing the other end tells it
//! to kill everything, and it answers there how the program ended.

#[cfg(unix)]
mod channel;
#[cfg(target_os = "linux")]
mod descendants;
#[cfg(unix)]
mod program;

use std::process::ExitCode;

#[cfg(unix)]
pub(in crate::host::live) use channel::Supervised;
#[cfg(not(unix))]
pub(in crate::host::live) use nowhere::Supervised;

/// The first argument that asks for the supervisor.
pub(crate) const ARGUMENT: &str = "__supervise";

/// Does the supervisor's work when this process was started for it, and
/// returns its exit code; otherwise returns None at once. To be called first
/// of all in `main`.
#[must_use]
pub fn entry() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    #[cfg(unix)]
    return Some(program::supervise(arguments.collect()));
    #[cfg(not(unix))]
    return Some(ExitCode::from(2));
}

/// Ends all programs that gomedic runs, as its own end does a moment later:
/// for who has to tidy up behind them.
pub fn end_programs() {
    #[cfg(target_os = "linux")]
    {
        // Supervisors go like everything else, and leave orphans.
        program::adopt_orphans();
        descendants::kill_all();
    }
}

/// This process's executable, in a form that stays good when the file is
/// replaced meanwhile.
#[must_use]
pub fn this_executable() -> Option<std::path::PathBuf> {
    if cfg!(not(unix)) {
        return None;
    }
    let by_kernel = std::path::PathBuf::from("/proc/self/exe");
    if by_kernel.exists() { Some(by_kernel) } else { std::env::current_exe().ok() }
}

#[cfg(not(unix))]
mod nowhere {
    use std::io;

    use crate::host::live::process::Ending;

    /// There is no supervisor here.
    pub(in crate::host::live) struct Supervised;

    impl Supervised {
        pub(in crate::host::live) fn attach(_: &mut tokio::process::Command, _: &[String]) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub(in crate::host::live) async fn ended(&mut self) -> io::Result<Ending> {
            Err(io::ErrorKind::Unsupported.into())
        }
    }
}
