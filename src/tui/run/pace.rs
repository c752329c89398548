use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, timeout_at};

use super::Input;

/// Time between two frames at least: about thirty in a second.
pub(super) const FRAME: Duration = Duration::from_millis(33);

/// Time between two frames while only a spinner moves.
const SPINNER: Duration = Duration::from_millis(100);

/// When to draw: at once when something has changed, but not more often than
/// the eye sees, and not at all when nothing moves.
pub(super) struct Pace {
    last: Instant,
    changed: bool,
}

impl Pace {
    /// The first frame has just been drawn.
    pub(super) fn begun() -> Self {
        Pace { last: Instant::now(), changed: false }
    }

    /// Something has changed.
    pub(super) fn must_draw(&mut self) {
        self.changed = true;
    }

    /// A frame was drawn.
    pub(super) fn drawn(&mut self) {
        *self = Pace::begun();
    }

    /// True when it is time to draw.
    pub(super) fn is_due(&self) -> bool {
        self.changed && self.last.elapsed() >= FRAME
    }

    /// The next input, or None when it is time to draw.
    pub(super) async fn next(&mut self, inbox: &mut UnboundedReceiver<Input>, moving: bool) -> Option<Input> {
        let until = match (self.changed, moving) {
            (true, _) => self.last + FRAME,
            (false, true) => self.last + SPINNER,
            // The sender lives as long as the loop: this waits for an input.
            (false, false) => return inbox.recv().await,
        };
        match timeout_at(until, inbox.recv()).await {
            Ok(input) => input,
            Err(_) => {
                self.changed = true;
                None
            }
        }
    }
}
