use std::fmt::Write;
use std::time::Duration;

use crate::collections::order;
use crate::engine::Fold;

/// Which probe and which program took how long, longest first, with the
/// wall time against that of the slowest program, and gomedic's own
/// processor time.
pub(super) fn table(fold: &Fold) -> String {
    let mut timings: Vec<_> = fold.timings.iter().collect();
    order::sort_by_key(&mut timings, |timing| std::cmp::Reverse(timing.took_us));
    let mut out = String::from("\n      began       took  what\n");
    for timing in &timings {
        let _ = writeln!(out, "{:>8.1} ms {:>7.1} ms  {}", ms(timing.began_us), ms(timing.took_us), timing.name);
    }
    let took = fold.took.unwrap_or_default();
    let _ = writeln!(out, "wall time {:.1} ms", took.as_secs_f64() * 1e3);
    if let Some(slowest) = timings.iter().find(|timing| !timing.name.starts_with("probe ")) {
        let ratio = took.as_secs_f64() * 1e6 / slowest.took_us.max(1) as f64;
        let _ = writeln!(out, "{ratio:.2} times the slowest program ({})", slowest.name);
    }
    if let Some(own) = own_cpu() {
        let _ = writeln!(out, "own processor time {:.1} ms", own.as_secs_f64() * 1e3);
    }
    out
}

fn ms(us: u64) -> f64 {
    us as f64 / 1e3
}

/// Processor time of this process, user and system, children not counted.
#[cfg(unix)]
fn own_cpu() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(time.tv_sec.try_into().ok()?, time.tv_nsec.try_into().ok()?))
}

#[cfg(not(unix))]
fn own_cpu() -> Option<Duration> {
    None
}
