use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedReceiver;

use crate::engine::Fold;
use crate::model::Event;
use crate::model::text::plain;

/// Work that is done before that needs no count.
const PATIENCE: Duration = Duration::from_millis(200);
/// How often the line is drawn anew.
const PERIOD: Duration = Duration::from_millis(50);

/// Folds a run to its end. On a terminal a line says what is being waited for.
pub(super) fn follow(mut events: UnboundedReceiver<Event>) -> Fold {
    let mut fold = Fold::default();
    let mut line = Line::new();
    while let Some(event) = events.blocking_recv() {
        fold.apply(event);
        if fold.took.is_none() {
            line.show_now_and_then(|| waiting(&fold));
        }
    }
    fold
}

fn waiting(fold: &Fold) -> String {
    let waits = fold.running.first().map(|probe| format!(" · {probe}")).unwrap_or_default();
    format!("checking {}/{}{waits}", fold.checks.len(), fold.expected.len())
}

/// One line on a terminal that says what is being waited for. It goes away
/// with this value.
pub(super) struct Line {
    shown: Option<Instant>,
    wanted: bool,
}

impl Line {
    /// A line, or none where nobody looks.
    pub(super) fn new() -> Self {
        Line { shown: None, wanted: io::stderr().is_terminal() && io::stdout().is_terminal() }
    }

    /// Draws it. A line that cannot be drawn is not missed.
    pub(super) fn show(&mut self, text: &str) {
        if self.wanted {
            let _ = write!(io::stderr(), "\r\x1b[K{}", plain(text));
            let _ = io::stderr().flush();
            self.shown = Some(Instant::now());
        }
    }

    /// Draws it, unless it was drawn a moment ago.
    fn show_now_and_then(&mut self, text: impl FnOnce() -> String) {
        if self.wanted && self.shown.is_none_or(|last| last.elapsed() >= PERIOD) {
            self.show(&text());
        }
    }
}

/// The line of work that several threads do.
pub(super) struct Count<'a> {
    doing: &'a str,
    total: usize,
    done: AtomicUsize,
    began: Instant,
    line: Mutex<Line>,
}

impl<'a> Count<'a> {
    pub(super) fn new(doing: &'a str, total: usize) -> Self {
        let line = Mutex::new(Line::new());
        Count { doing, total, done: AtomicUsize::new(0), began: Instant::now(), line }
    }

    /// One more is done.
    pub(super) fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // A thread that would have to wait leaves the drawing to the other.
        if self.began.elapsed() > PATIENCE
            && let Ok(mut line) = self.line.try_lock()
        {
            line.show_now_and_then(|| format!("{} {done}/{}", self.doing, self.total));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
            let _ = io::stderr().flush();
        }
    }
}
