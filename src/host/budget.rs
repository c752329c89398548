use std::time::{Duration, Instant};

/// A length of time that several things share, one behind the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    began: Instant,
    length: Duration,
}

impl Budget {
    /// It runs from now on.
    pub(crate) fn new(length: Duration) -> Self {
        Budget { began: Instant::now(), length }
    }

    /// What is left; zero when it is used up.
    pub(crate) fn left(&self) -> Duration {
        self.left_at(Instant::now())
    }

    /// What the next one may take when so many, itself among them, may come
    /// one behind the other: what one leaves over goes to those behind it.
    pub(crate) fn share(&self, of: u32) -> Duration {
        self.share_at(Instant::now(), of)
    }

    fn left_at(&self, now: Instant) -> Duration {
        self.length.saturating_sub(now.saturating_duration_since(self.began))
    }

    fn share_at(&self, now: Instant, of: u32) -> Duration {
        self.left_at(now) / of.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shares_together_are_no_more_than_the_whole() {
        let budget = Budget::new(Duration::from_secs(3));
        let mut now = budget.began;
        // Each takes all that it may.
        for of in [3, 2, 1] {
            let share = budget.share_at(now, of);
            assert_eq!(share, Duration::from_secs(1));
            now += share;
        }
        assert_eq!(budget.share_at(now, 1), Duration::ZERO);
        assert_eq!(budget.left_at(now + Duration::from_secs(9)), Duration::ZERO);
    }

    #[test]
    fn what_one_leaves_over_is_for_the_next() {
        let budget = Budget::new(Duration::from_secs(3));
        let later = budget.began + Duration::from_millis(200);
        assert_eq!(budget.share_at(later, 2), Duration::from_millis(1400));
        assert_eq!(budget.share_at(later, 0), Duration::from_millis(2800));
    }
}
