//! Two gomedics at once.

use std::sync::Barrier;
use std::thread;

use gomedic::fix::{Applied, ApplyError, LockError, UndoError, recover};
use gomedic::model::Step;

use crate::faulty::{Fault, FaultyDisk};
use crate::sandbox::{NoPrograms, Sandbox, fix, now};

#[test]
fn the_second_one_says_who_holds_it() {
    let sandbox = Sandbox::new();
    let mend = fix([Step::CreateFolder { path: sandbox.path("x"), mode: 0o755 }]);
    let id = sandbox.applied(&mend);
    let lock = sandbox.state.lock("applying a fix", now()).expect("nobody has it");

    let other = fix([Step::CreateFolder { path: sandbox.path("y"), mode: 0o755 }]);
    let error = sandbox.apply(&other).expect_err("it is taken");
    assert!(matches!(error, ApplyError::Lock(LockError::Busy(_))), "{error}");
    let text = error.to_string();
    let start = format!("gomedic (pid {}) is applying a fix since ", std::process::id());
    let time = text.strip_prefix(&start).unwrap_or_else(|| panic!("{text}"));
    assert!(time.len() == 5 && time.ends_with(":15"), "a local time: {time}");

    assert!(matches!(sandbox.undo(id), Err(UndoError::Lock(LockError::Busy(_)))));
    assert_eq!(sandbox.tree().paths(), ["x"]);
    drop(lock);
    sandbox.undo(id).expect("it is free");
}

#[test]
fn what_another_one_is_at_work_on_is_not_interrupted() {
    let sandbox = Sandbox::new();
    let mend =
        |sandbox: &Sandbox| fix((0..9).map(|n| Step::CreateFolder { path: sandbox.path(&n.to_string()), mode: 0o755 }));
    let (clean, other) = (FaultyDisk::new(Fault::Never), Sandbox::new());
    other.apply_with(&other.on(clean.clone()), &mend(&other), &NoPrograms).expect("nothing goes wrong");
    let in_the_middle = clean.log().iter().position(|line| line == "Rename 4").expect("each folder gets its name");
    let disk = FaultyDisk::new(Fault::Dies(in_the_middle));
    sandbox.apply_with(&sandbox.on(disk), &mend(&sandbox), &NoPrograms).expect_err("it dies");
    let lock = sandbox.state.lock("applying a fix", now()).expect("the dead one has freed it");
    let recovery = recover(&sandbox.state, now()).expect("it can be read");
    assert!(recovery.interrupted.is_empty() && recovery.settled.is_empty(), "{recovery:?}");
    drop(lock);
    assert_eq!(recover(&sandbox.state, now()).expect("it can be read").interrupted.len(), 1);
}

#[test]
fn of_many_at_once_each_gets_through_or_is_told() {
    let sandbox = Sandbox::new();
    let count = 8;
    let barrier = Barrier::new(count);
    let done: Vec<bool> = thread::scope(|scope| {
        let threads: Vec<_> = (0..count)
            .map(|n| {
                let (sandbox, barrier) = (&sandbox, &barrier);
                scope.spawn(move || {
                    let mend = fix([Step::CreateFolder { path: sandbox.path(&n.to_string()), mode: 0o755 }]);
                    barrier.wait();
                    match sandbox.apply(&mend) {
                        Ok(Applied::Done(_)) => true,
                        Err(ApplyError::Lock(LockError::Busy(_))) => false,
                        other => panic!("neither done nor told: {other:?}"),
                    }
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("it does not panic")).collect()
    });
    let through = done.iter().filter(|done| **done).count();
    assert!(through >= 1);
    assert_eq!(sandbox.entries().len(), through);
    assert_eq!(sandbox.tree().paths().len(), through);
}

#[test]
fn programs_that_are_being_started_do_not_keep_the_lock() {
    let sandbox = Sandbox::new();
    let done = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            // Until it really runs, a child has a copy of every open file.
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                let status = std::process::Command::new("/bin/sh").args(["-c", ":"]).status();
                assert!(status.expect("a shell can be started").success());
            }
        });
        for _ in 0..300 {
            let taken = sandbox.state.lock("applying a fix", now());
            done.store(taken.is_err(), std::sync::atomic::Ordering::Relaxed);
            taken.expect("nobody has it");
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
