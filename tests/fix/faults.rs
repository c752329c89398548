//! Every single operation of applying and undoing goes wrong once: it fails,
//! the disk is full from there on, or the process is killed in the middle of
//! it. Nothing may be lost, and no file may be torn.

use gomedic::fix::{ApplyError, Interrupted, StateFolder, finish, recover, undo};
use gomedic::model::{Edit, Fix, Step};
use rustix::io::Errno;

use crate::faulty::{Fault, FaultyDisk, at_every_operation};
use crate::sandbox::{NoPrograms, Sandbox, comment_out, edit, fix, now};
use crate::tree::Tree;

/// Applying takes more operations than this; else too little is tested.
const OPERATIONS: usize = 20;

/// What the fix changes.
const TARGETS: [&str; 4] = ["dotfiles/rc", ".netrc", ".bashrc", ".config/go/env"];

/// A home folder and a fix with every kind of change: an edit through a link,
/// a new file in new folders, a mode.
fn broken() -> (Sandbox, Fix) {
    let sandbox = Sandbox::new();
    sandbox.write("dotfiles/rc", "a\nexport GOROOT=/opt/go\n");
    let rc = sandbox.link(".bashrc", "dotfiles/rc");
    let netrc = sandbox.write(".netrc", "secret\n");
    sandbox.chmod(".netrc", 0o644);
    let fix = fix([
        edit(rc, comment_out(2, "export GOROOT=/opt/go")),
        Step::SetGo { file: sandbox.path(".config/go/env"), name: "GOSUMDB".into(), value: "sum.golang.org".into() },
        Step::SetMode { path: netrc, mode: 0o600 },
    ]);
    (sandbox, fix)
}

/// The home folder before and after the fix, without the owners and times of
/// one particular folder.
fn sides() -> (Tree, Tree) {
    let (sandbox, fix) = broken();
    let before = sandbox.tree();
    sandbox.applied(&fix);
    (before, sandbox.tree())
}

/// What a start finds after a crash, on a healthy disk again.
fn interrupted(state: &StateFolder) -> Option<Interrupted> {
    let mut recovery = recover(state, now()).expect("the journal can be read");
    assert_eq!(recovery.damaged, []);
    assert!(recovery.interrupted.len() <= 1);
    recovery.interrupted.pop()
}

#[test]
fn a_failing_operation_changes_nothing() {
    let (before, after) = sides();
    at_every_operation(
        OPERATIONS,
        |n| Fault::Fails(n, Errno::IO),
        |disk| {
            let (sandbox, fix) = broken();
            match sandbox.apply_with(&sandbox.on(disk), &fix, &NoPrograms) {
                Ok(_) => assert_eq!(sandbox.tree(), after),
                Err(error) => {
                    assert!(!matches!(error, ApplyError::LeftHalf { .. }), "{error}");
                    assert_eq!(sandbox.tree(), before, "{error}");
                    assert_eq!(interrupted(&sandbox.state), None);
                    // The way is free again.
                    sandbox.applied(&fix);
                }
            }
        },
    );
}

#[test]
fn a_disk_that_fills_up_changes_nothing() {
    let (before, after) = sides();
    at_every_operation(OPERATIONS, Fault::FullFrom, |disk| {
        let (sandbox, fix) = broken();
        match sandbox.apply_with(&sandbox.on(disk), &fix, &NoPrograms) {
            Ok(_) => assert_eq!(sandbox.tree(), after),
            Err(error) => {
                assert!(error.to_string().contains("No space left on device"), "{error}");
                assert_eq!(sandbox.tree(), before, "{error}");
                assert_eq!(interrupted(&sandbox.state), None);
                assert!(sandbox.entries().is_empty(), "what was not done is not noted");
            }
        }
    });
}

#[test]
fn a_disk_that_fills_up_while_undoing_changes_nothing() {
    let (before, after) = sides();
    at_every_operation(OPERATIONS, Fault::FullFrom, |disk| {
        let (sandbox, fix) = broken();
        let id = sandbox.applied(&fix);
        match undo(&sandbox.on(disk), id, &NoPrograms, now()) {
            Ok(_) => assert_eq!(sandbox.tree(), before),
            Err(error) => {
                assert!(error.to_string().contains("No space left on device"), "{error}");
                assert_eq!(sandbox.tree(), after, "{error}");
                // Somebody makes room.
                assert_eq!(interrupted(&sandbox.state), None);
                sandbox.undo(id).expect("there is room to undo");
                assert_eq!(sandbox.tree(), before);
            }
        }
    });
}

#[test]
fn a_kill_while_applying_can_be_undone() {
    let sides = sides();
    at_every_operation(OPERATIONS, Fault::Dies, |disk| {
        let (sandbox, fix) = broken();
        let _ = sandbox.apply_with(&sandbox.on(disk), &fix, &NoPrograms);
        sandbox.tree().assert_not_torn(&sides, &TARGETS);
        let found = interrupted(&sandbox.state);
        sandbox.tree().assert_not_torn(&sides, &TARGETS);
        match found {
            Some(found) => {
                undo(&sandbox.state, found.entry.id, &NoPrograms, now()).expect("it can be undone");
                assert_eq!(sandbox.tree(), sides.0);
            }
            None => assert!(sandbox.tree() == sides.0 || sandbox.tree() == sides.1),
        }
    });
}

#[test]
fn a_kill_while_applying_can_be_finished() {
    let sides = sides();
    at_every_operation(OPERATIONS, Fault::Dies, |disk| {
        let (sandbox, fix) = broken();
        let _ = sandbox.apply_with(&sandbox.on(disk), &fix, &NoPrograms);
        if let Some(found) = interrupted(&sandbox.state) {
            finish(&sandbox.state, found.entry.id, &NoPrograms, now()).expect("it can be finished");
            assert_eq!(sandbox.tree(), sides.1);
            sandbox.undo(found.entry.id).expect("it can be undone");
            assert_eq!(sandbox.tree(), sides.0);
        }
    });
}

#[test]
fn a_disk_that_fills_up_while_finishing_leaves_the_choice() {
    let sides = sides();
    let clean = FaultyDisk::new(Fault::Never);
    let (sandbox, fix) = broken();
    sandbox.apply_with(&sandbox.on(clean.clone()), &fix, &NoPrograms).expect("nothing goes wrong");
    // Killed when one file is changed and the others wait.
    let one_done = clean.log().iter().position(|line| line == "SyncFolder dotfiles").expect("it is synced") + 1;
    at_every_operation(OPERATIONS, Fault::FullFrom, |disk| {
        let (sandbox, fix) = broken();
        let dead = sandbox.on(FaultyDisk::new(Fault::Dies(one_done)));
        sandbox.apply_with(&dead, &fix, &NoPrograms).expect_err("it dies");
        let id = interrupted(&sandbox.state).expect("one file is changed").entry.id;
        if finish(&sandbox.on(disk), id, &NoPrograms, now()).is_ok() {
            return assert_eq!(sandbox.tree(), sides.1);
        }
        sandbox.tree().assert_not_torn(&sides, &TARGETS);
        // Somebody makes room, and decides otherwise.
        undo(&sandbox.state, id, &NoPrograms, now()).expect("there is room to undo");
        assert_eq!(sandbox.tree(), sides.0);
    });
}

#[test]
fn a_kill_while_undoing_can_be_undone_or_finished() {
    let sides = sides();
    for onward in [true, false] {
        at_every_operation(OPERATIONS, Fault::Dies, |disk| {
            let (sandbox, fix) = broken();
            let id = sandbox.applied(&fix);
            let _ = undo(&sandbox.on(disk), id, &NoPrograms, now());
            sandbox.tree().assert_not_torn(&sides, &TARGETS);
            let Some(found) = interrupted(&sandbox.state) else {
                return assert!(sandbox.tree() == sides.0 || sandbox.tree() == sides.1);
            };
            assert_eq!(found.entry.id, id);
            if onward {
                sandbox.undo(id).expect("it can be undone");
                assert_eq!(sandbox.tree(), sides.0);
            } else {
                finish(&sandbox.state, id, &NoPrograms, now()).expect("it can be done again");
                assert_eq!(sandbox.tree(), sides.1);
            }
        });
    }
}

#[test]
fn a_kill_while_recovering_is_recovered_from() {
    let sides = sides();
    // Killed at the last operation of applying: everything is done, and the
    // journal does not say so yet.
    let clean = FaultyDisk::new(Fault::Never);
    let (sandbox, fix) = broken();
    sandbox.apply_with(&sandbox.on(clean.clone()), &fix, &NoPrograms).expect("nothing goes wrong");
    let last = clean.log().len();
    for n in 1.. {
        let (sandbox, fix) = broken();
        let dead = FaultyDisk::new(Fault::Dies(last - 2));
        let _ = sandbox.apply_with(&sandbox.on(dead), &fix, &NoPrograms);
        let disk = FaultyDisk::new(Fault::Dies(n));
        let _ = recover(&sandbox.on(disk.clone()), now());
        assert_eq!(interrupted(&sandbox.state), None);
        assert_eq!(sandbox.tree(), sides.1);
        assert_eq!(sandbox.entries().len(), 1);
        if disk.log().len() < n {
            break;
        }
    }
}

#[test]
fn a_change_is_journaled_before_it_is_made_and_reaches_the_disk_at_once() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".profile", "a\n");
    let fix = fix([edit(path, Edit::Append { lines: vec!["b".into()] })]);
    let disk = FaultyDisk::new(Fault::Never);
    sandbox.apply_with(&sandbox.on(disk.clone()), &fix, &NoPrograms).expect("nothing goes wrong");
    let log = disk.log();
    let intent = log.iter().position(|line| line.starts_with("CreateFolder 2026")).expect("an entry is written");
    let reads = |line: &&String| line.starts_with("Look") || line.starts_with("Read") || line.starts_with("List");
    let writing: Vec<&str> = log[intent..].iter().filter(|line| !reads(line)).map(String::as_str).collect();
    insta::assert_snapshot!(writing.join("\n").replace("20261121T101502-1", "ID"), @r"
    CreateFolder ID.new
    Create 0.before
    Write 0.before
    Sync 0.before
    Create 0.after
    Write 0.after
    Sync 0.after
    Create entry.json
    Write entry.json
    Sync entry.json
    SyncFolder ID.new
    Rename ID
    SyncFolder journal
    RemoveFile .gomedic-ID-0
    RemoveFolder .gomedic-ID-0
    Create .gomedic-ID-0
    Write .gomedic-ID-0
    SetOwner .gomedic-ID-0
    SetMode .gomedic-ID-0
    Sync .gomedic-ID-0
    RemoveFile entry.json.new
    Create entry.json.new
    Write entry.json.new
    Sync entry.json.new
    Rename .profile
    SyncFolder home
    Rename entry.json
    SyncFolder ID
    ");
}

#[test]
fn a_read_only_home_is_told_before_anything_is_tried() {
    for (errno, told) in [(Errno::ROFS, "Read-only file system"), (Errno::ACCESS, "Permission denied")] {
        let (sandbox, fix) = broken();
        let before = sandbox.tree();
        // A look that finds nothing comes first, then the first folder.
        let state = sandbox.on(FaultyDisk::new(Fault::Fails(4, errno)));
        let error = sandbox.apply_with(&state, &fix, &NoPrograms).expect_err("it cannot be written").to_string();
        assert!(error.starts_with("cannot create gomedic's journal (") && error.ends_with(told), "{error}");
        assert_eq!(sandbox.tree(), before);
    }
}
