//! When a question is given up, and what its silence then means.

use std::time::{Duration, Instant};

use crate::host::{Budget, NetCause, NetFailure};
use crate::model::{Missing, Reason};

/// A shorter silence proves nothing: a far server may take as long.
const TELLING: Duration = Duration::from_millis(750);

/// A moment at which to give up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    from: Instant,
    /// How long it is from the start of the question.
    pub(super) length: Duration,
    /// True when the question wanted more time than there was.
    cut: bool,
}

impl Deadline {
    /// A question's own deadline.
    pub(super) fn after(length: Duration) -> Self {
        Deadline { from: Instant::now(), length, cut: false }
    }

    /// The deadline of a question that may take so long, within what is left
    /// of the time of all.
    ///
    /// # Errors
    /// When nothing is left.
    pub(super) fn within(budget: &Budget, wanted: Duration) -> Result<Self, NetFailure> {
        Deadline::of(budget.left(), wanted)
    }

    fn of(left: Duration, wanted: Duration) -> Result<Self, NetFailure> {
        if left.is_zero() {
            return Err(timed_out("not asked: the time for the network was over".to_owned()));
        }
        Ok(Deadline { cut: left < wanted, ..Deadline::after(left.min(wanted)) })
    }

    pub(super) fn left(&self) -> Duration {
        self.length.saturating_sub(self.from.elapsed())
    }

    /// A silence that was cut short is no fault of whoever was silent.
    pub(super) fn weigh(&self, failure: NetFailure) -> NetFailure {
        match failure {
            NetFailure::At { stage, cause: NetCause::Silence, detail } if self.cut && self.length < TELLING => {
                timed_out(format!("{}: {detail}, and the time for the network was over", stage.title()))
            }
            failure => failure,
        }
    }
}

fn timed_out(detail: String) -> NetFailure {
    NetFailure::Missing(Missing::new(Reason::TimedOut, detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Stage;

    const fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    fn silence() -> NetFailure {
        NetFailure::at(Stage::Tcp, NetCause::Silence, "192.0.2.1:443: no answer within 400 ms")
    }

    #[test]
    fn a_question_gets_what_is_left_at_most() {
        assert_eq!(Deadline::of(ms(5000), ms(3000)).unwrap().length, ms(3000));
        assert_eq!(Deadline::of(ms(1500), ms(3000)).unwrap().length, ms(1500));
        let nothing = Deadline::of(Duration::ZERO, ms(3000)).unwrap_err();
        assert!(matches!(nothing, NetFailure::Missing(missing) if missing.reason == Reason::TimedOut));
    }

    #[test]
    fn a_short_silence_counts_only_when_it_was_meant_to_be_short() {
        let weighed = Deadline::of(ms(400), ms(3000)).unwrap().weigh(silence());
        let NetFailure::Missing(missing) = weighed else { panic!("{weighed:?}") };
        assert_eq!(
            (missing.reason, missing.detail.as_str()),
            (
                Reason::TimedOut,
                "connecting: 192.0.2.1:443: no answer within 400 ms, and the time for the network was over"
            )
        );
        for long_enough in [Deadline::of(ms(1000), ms(3000)), Deadline::of(ms(5000), ms(400))] {
            assert_eq!(long_enough.unwrap().weigh(silence()), silence());
        }
    }

    #[test]
    fn what_came_back_counts_however_late() {
        let refused = NetFailure::at(Stage::Tcp, NetCause::Refused, "192.0.2.1:443: connection refused");
        assert_eq!(Deadline::of(ms(10), ms(3000)).unwrap().weigh(refused.clone()), refused);
    }
}
