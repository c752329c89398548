//! Work on many things at once.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `work` makes of each item and its number, in the order of the items,
/// with as many threads as there are processors, but no more than `threads`.
/// A panic in the work is one of the caller.
pub(crate) fn each<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get).min(threads);
    if processors < 2 {
        return items.iter().enumerate().map(|(at, item)| work(at, item)).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return made };
            made.push((at, work(at, item)));
        }
    };
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    let mut keep = |made: Vec<(usize, R)>| made.into_iter().for_each(|(at, result)| results[at] = Some(result));
    thread::scope(|scope| {
        let others: Vec<_> = (1..processors).map(|_| scope.spawn(take)).collect();
        keep(take());
        for other in others {
            keep(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    results.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
        assert_eq!(each(&items, 16, |at, item| at + item), doubled);
        assert_eq!(each(&items, 1, |at, item| at + item), doubled);
        assert!(each(&[] as &[usize], 16, |_, item| *item).is_empty());
    }
}
