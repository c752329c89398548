use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::thread;

use super::channel::Answer;
use crate::host::live::os::kill_group;

/// Runs the program of these arguments and answers on standard input how it
/// ended. Everything that it started is gone by then.
pub(super) fn supervise(argv: Vec<OsString>) -> ExitCode {
    // Fails only for the leader of a process group, which this is not.
    let _ = rustix::process::setsid();
    adopt_orphans();
    let Ok(mut channel) = io::stdin().as_fd().try_clone_to_owned().map(UnixStream::from) else {
        return ExitCode::from(2);
    };
    let answer = match start(&argv) {
        Ok(mut child) => {
            let leader = child.id();
            if let Ok(lifeline) = channel.try_clone() {
                thread::spawn(move || end_with(lifeline, leader));
            }
            let ended = child.wait();
            kill_everything(leader);
            ended.map_or_else(|error| not_started(&error), ended_as)
        }
        Err(error) => not_started(&error),
    };
    // Nobody listens any more when gomedic has ended.
    let _ = channel.write_all(answer.line().as_bytes());
    ExitCode::SUCCESS
}

fn start(argv: &[OsString]) -> io::Result<std::process::Child> {
    let (program, arguments) = argv.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    // A group of its own, so that signals it sends to its group stay with it.
    Command::new(program).args(arguments).stdin(Stdio::null()).process_group(0).spawn()
}

fn ended_as(status: ExitStatus) -> Answer {
    status.code().map_or(Answer::Signal, Answer::Exit)
}

fn not_started(error: &io::Error) -> Answer {
    Answer::NotStarted(error.raw_os_error().unwrap_or_else(|| rustix::io::Errno::INVAL.raw_os_error()))
}

/// Waits until gomedic closes its end, or is gone, and ends everything.
fn end_with(mut lifeline: UnixStream, leader: u32) {
    let mut buffer = [0; 16];
    // gomedic never writes here: every return means that it has closed.
    let _ = lifeline.read(&mut buffer);
    kill_everything(leader);
    std::process::exit(0);
}

fn kill_everything(leader: u32) {
    kill_group(leader);
    #[cfg(target_os = "linux")]
    super::descendants::kill_all();
}

pub(super) fn adopt_orphans() {
    // Without it, what leaves the process group is not found.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}
