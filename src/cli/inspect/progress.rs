//! A line that says how much of the work is done.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often the line is drawn anew.
const PERIOD: Duration = Duration::from_millis(50);
/// Work that is done before that shows no line.
const PATIENCE: Duration = Duration::from_millis(200);

/// The line, where somebody looks.
pub(super) struct Progress<'a> {
    doing: &'a str,
    total: usize,
    done: AtomicUsize,
    began: Instant,
    shown: Option<Mutex<Option<Instant>>>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(doing: &'a str, total: usize) -> Self {
        let wanted = total > 1 && io::stderr().is_terminal();
        Progress { doing, total, done: AtomicUsize::new(0), began: Instant::now(), shown: wanted.then(Mutex::default) }
    }

    /// One more is done. A line that cannot be drawn is not missed.
    pub(super) fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let Some(Ok(mut last)) = self.shown.as_ref().map(Mutex::try_lock) else { return };
        if self.began.elapsed() > PATIENCE && last.is_none_or(|last| last.elapsed() > PERIOD) {
            let _ = write!(io::stderr(), "\r\x1b[K{} {done}/{}", self.doing, self.total);
            let _ = io::stderr().flush();
            *last = Some(Instant::now());
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        let Some(shown) = &self.shown else { return };
        if shown.lock().unwrap_or_else(PoisonError::into_inner).take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
            let _ = io::stderr().flush();
        }
    }
}
