use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::engine::Fold;

/// How often the line is drawn anew.
const PERIOD: Duration = Duration::from_millis(50);

/// One line on a terminal that says what is being waited for.
pub(super) struct Progress {
    shown: Option<Instant>,
    wanted: bool,
}

impl Progress {
    /// A progress line, or none where nobody looks.
    pub(super) fn new(wanted: bool) -> Self {
        Progress { shown: None, wanted }
    }

    /// Draws it, not too often. A line that cannot be drawn is not missed.
    pub(super) fn show(&mut self, fold: &Fold) {
        if !self.wanted || self.shown.is_some_and(|last| last.elapsed() < PERIOD) || fold.took.is_some() {
            return;
        }
        let waits = fold.running.first().map(|probe| format!(" · {probe}")).unwrap_or_default();
        let _ = write!(io::stderr(), "\r\x1b[Kchecking {}/{}{waits}", fold.checks.len(), fold.expected.len());
        let _ = io::stderr().flush();
        self.shown = Some(Instant::now());
    }

    /// Takes it away.
    pub(super) fn clear(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
            let _ = io::stderr().flush();
        }
    }
}
