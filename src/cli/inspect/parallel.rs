//! Work on many things with all processors, and a line that says how far.

use std::io::{self, IsTerminal, Write};
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How often the line is drawn anew.
const PERIOD: Duration = Duration::from_millis(50);
/// Work that is done before that shows no line.
const PATIENCE: Duration = Duration::from_millis(200);
/// Beyond some threads the disk is what is waited for.
const THREADS: usize = 16;

/// What `work` makes of each item, by its number, in the order of the items. On a terminal a
/// line says how many are done.
pub(super) fn map<I: Sync, T: Send>(items: &[I], doing: &str, work: impl Fn(usize, &I) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS).min(items.len());
    let progress = Progress::new(doing, items.len());
    let next = AtomicUsize::new(0);
    let take = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return made };
            progress.show(at);
            made.push((at, work(at, item)));
        }
    };
    let mut made = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut made = take();
        for other in others {
            // A panic in a thread is one of the whole.
            made.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        made
    });
    progress.clear();
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, made)| made).collect()
}

/// The line, where somebody looks.
struct Progress<'a> {
    doing: &'a str,
    total: usize,
    began: Instant,
    shown: Option<Mutex<Option<Instant>>>,
}

impl<'a> Progress<'a> {
    fn new(doing: &'a str, total: usize) -> Self {
        let wanted = total > 1 && io::stderr().is_terminal();
        Progress { doing, total, began: Instant::now(), shown: wanted.then(Mutex::default) }
    }

    /// A line that cannot be drawn is not missed.
    fn show(&self, done: usize) {
        let Some(Ok(mut last)) = self.shown.as_ref().map(Mutex::try_lock) else { return };
        if self.began.elapsed() > PATIENCE && last.is_none_or(|last| last.elapsed() > PERIOD) {
            let _ = write!(io::stderr(), "\r\x1b[K{} {done}/{}", self.doing, self.total);
            let _ = io::stderr().flush();
            *last = Some(Instant::now());
        }
    }

    fn clear(&self) {
        let Some(shown) = &self.shown else { return };
        if shown.lock().unwrap_or_else(PoisonError::into_inner).take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
            let _ = io::stderr().flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, "doubling", |_, n| n * 2), items.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert!(map(&[], "doing nothing", |_, n: &usize| *n).is_empty());
    }
}
