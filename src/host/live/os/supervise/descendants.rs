//! The end of everything that descends from this process. It has adopted the
//! orphans among them, so whoever is left becomes its child sooner or later.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions};

/// How long it may take. What cannot be killed, another user's process or one
/// that hangs in the kernel, is left.
const PATIENCE: Duration = Duration::from_millis(200);

/// Kills children until there are none: those of a killed child become ours.
pub(super) fn kill_all() {
    let began = Instant::now();
    while reap() == Children::Left && began.elapsed() < PATIENCE {
        for child in children() {
            let _ = rustix::process::kill_process(child, Signal::KILL);
        }
        if reap() == Children::Left {
            thread::sleep(Duration::from_micros(500));
        }
    }
}

#[derive(PartialEq, Eq)]
enum Children {
    None,
    Left,
}

/// Takes note of the children that have ended.
fn reap() -> Children {
    loop {
        match rustix::process::wait(WaitOptions::NOHANG) {
            Ok(Some(_)) | Err(Errno::INTR) => {}
            Ok(None) => return Children::Left,
            Err(_) => return Children::None,
        }
    }
}

/// The children of every thread of this process, as the kernel lists them;
/// from the parents of all processes where it was built without the lists.
fn children() -> Vec<Pid> {
    let listed: Vec<Pid> = names("/proc/self/task")
        .filter_map(|thread| fs::read_to_string(format!("/proc/self/task/{thread}/children")).ok())
        .flat_map(|list| list.split_whitespace().filter_map(pid).collect::<Vec<_>>())
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let own = rustix::process::getpid().as_raw_pid();
    names("/proc").filter(|name| parent_of(name) == Some(own)).filter_map(|name| pid(&name)).collect()
}

fn names(folder: &str) -> impl Iterator<Item = String> {
    fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok())
}

/// The fourth field of `/proc/PID/stat`; the second, in parentheses, may hold
/// anything.
fn parent_of(process: &str) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn pid(text: &str) -> Option<Pid> {
    text.parse().ok().and_then(Pid::from_raw)
}
