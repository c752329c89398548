//! Getting by with little address space.

use std::os::unix::process::CommandExt;
use std::process::Command;

use rustix::process::{Resource, getrlimit};

/// glibc sets aside 64 MiB for each of many threads unless this says less.
const ARENAS: &str = "MALLOC_ARENA_MAX";

/// Starts this program anew with less set aside, where the user's limit of
/// address space (`ulimit -v`) would end it in the middle. Does nothing where
/// there is no limit. To be called first of all in `main`.
pub fn make_do() {
    let is_limited = getrlimit(Resource::As).current.is_some();
    if !is_limited || std::env::var_os(ARENAS).is_some() {
        return;
    }
    if let Ok(executable) = std::env::current_exe() {
        // It only returns when it failed: then this process does what it can.
        let _ = Command::new(executable).args(std::env::args_os().skip(1)).env(ARENAS, "1").exec();
    }
}
