//! Work on many things at once.

use std::collections::HashSet;
use std::hash::Hash;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// What `work` makes of each item and its number, in the order of the items,
/// with as many threads as there are processors, but no more than `threads`, nor
/// than there are items. A panic in the work is one of the caller.
pub(crate) fn each<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let threads = processors().min(threads).min(items.len());
    if threads < 2 {
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
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        keep(take());
        for other in others {
            keep(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    results.into_iter().flatten().collect()
}

/// Visits the first things and all that they lead to, each once, with as many
/// threads as there are processors, but no more than `threads`. A visit gives
/// an answer, and what the thing leads to. From `limit` things on nothing more
/// is followed. The answers come in any order. A panic in a visit is one of
/// the caller.
pub(crate) fn walk<T, R>(
    first: &[T],
    threads: usize,
    limit: usize,
    visit: impl Fn(&T) -> (R, Vec<T>) + Sync,
) -> Vec<(T, R)>
where
    T: Clone + Eq + Hash + Send,
    R: Send,
{
    let known: HashSet<T> = first.iter().cloned().collect();
    let way = Way { waiting: known.iter().cloned().collect(), known, visiting: 0, done: Vec::new() };
    let walk = Walk { way: Mutex::new(way), change: Condvar::new() };
    let work = || {
        while let Some(next) = walk.take() {
            let _visit = Visit(&walk);
            let (answer, leads_to) = visit(&next);
            let mut way = walk.lock();
            for thing in leads_to {
                if way.known.len() < limit && way.known.insert(thing.clone()) {
                    way.waiting.push(thing);
                    walk.change.notify_one();
                }
            }
            way.done.push((next, answer));
        }
    };
    thread::scope(|scope| {
        for _ in 1..processors().min(threads) {
            scope.spawn(work);
        }
        work();
    });
    walk.way.into_inner().unwrap_or_else(PoisonError::into_inner).done
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// A walk that several threads are on.
struct Walk<T, R> {
    way: Mutex<Way<T, R>>,
    change: Condvar,
}

/// How far it is.
struct Way<T, R> {
    known: HashSet<T>,
    waiting: Vec<T>,
    visiting: usize,
    done: Vec<(T, R)>,
}

impl<T, R> Walk<T, R> {
    fn lock(&self) -> MutexGuard<'_, Way<T, R>> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next thing to visit; None when there will be no more.
    fn take(&self) -> Option<T> {
        let mut way = self.lock();
        loop {
            if let Some(next) = way.waiting.pop() {
                way.visiting += 1;
                return Some(next);
            }
            if way.visiting == 0 {
                return None;
            }
            way = self.change.wait(way).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Ends with this value, by a panic too: nobody waits for it for ever.
struct Visit<'w, T, R>(&'w Walk<T, R>);

impl<T, R> Drop for Visit<'_, T, R> {
    fn drop(&mut self) {
        let mut way = self.0.lock();
        way.visiting -= 1;
        if way.visiting == 0 {
            self.0.change.notify_all();
        }
    }
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

    /// Each number leads to its double and the number after that.
    fn tree(number: &usize) -> (usize, Vec<usize>) {
        (number * 10, vec![number * 2 % 1000, (number * 2 + 1) % 1000])
    }

    #[test]
    fn everything_that_is_led_to_is_visited_once() {
        for threads in [1, 16] {
            let mut done = walk(&[1, 1, 2], threads, 5000, tree);
            done.sort_unstable();
            assert_eq!(done, (0..1000).map(|number| (number, number * 10)).collect::<Vec<_>>());
            assert_eq!(walk(&[1], threads, 10, tree).len(), 10);
            assert!(walk(&[], threads, 10, tree).is_empty());
        }
    }

    #[test]
    fn a_panic_is_waited_for_by_nobody() {
        let panics = |number: &usize| if *number == 500 { panic!("as it should") } else { tree(number) };
        let caught = std::panic::catch_unwind(|| walk(&[1], 16, 5000, panics));
        assert!(caught.is_err());
    }
}
