use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedReceiver;

use crate::engine::Fold;
use crate::model::Event;

/// How often the line is drawn anew.
const PERIOD: Duration = Duration::from_millis(50);

/// Folds a run to its end. On a terminal a line says what is being waited for.
pub(super) fn follow(mut events: UnboundedReceiver<Event>) -> Fold {
    let mut fold = Fold::default();
    let mut progress = Progress::new(io::stderr().is_terminal() && io::stdout().is_terminal());
    while let Some(event) = events.blocking_recv() {
        fold.apply(event);
        progress.show(&fold);
    }
    progress.clear();
    fold
}

/// One line on a terminal that says what is being waited for.
struct Progress {
    shown: Option<Instant>,
    wanted: bool,
}

impl Progress {
    /// A progress line, or none where nobody looks.
    fn new(wanted: bool) -> Self {
        Progress { shown: None, wanted }
    }

    /// Draws it, not too often. A line that cannot be drawn is not missed.
    fn show(&mut self, fold: &Fold) {
        if !self.wanted || self.shown.is_some_and(|last| last.elapsed() < PERIOD) || fold.took.is_some() {
            return;
        }
        let waits = fold.running.first().map(|probe| format!(" · {probe}")).unwrap_or_default();
        let _ = write!(io::stderr(), "\r\x1b[Kchecking {}/{}{waits}", fold.checks.len(), fold.expected.len());
        let _ = io::stderr().flush();
        self.shown = Some(Instant::now());
    }

    /// Takes it away.
    fn clear(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
            let _ = io::stderr().flush();
        }
    }
}
