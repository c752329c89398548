//! Programs that change files which are kept for them.

use std::fs;
use std::path::{Path, PathBuf};

use gomedic::fix::{Applied, ApplyError, EntryId, Programs, UndoError, changes_of_undo, recover, undo};
use gomedic::model::{Fix, Inverse, Privilege, Step};

use crate::faulty::{Fault, FaultyDisk};
use crate::sandbox::{Notebook, Sandbox, fix, now};

/// Writes a file, and then ends well or not.
struct Writer {
    file: PathBuf,
    ends: Result<(), String>,
}

impl Programs for Writer {
    fn run(&self, _argv: &[String], _folder: &Path) -> Result<(), String> {
        fs::write(&self.file, "made\n").expect("the file can be written");
        self.ends.clone()
    }
}

/// A program that changes `sum` alone.
fn program(sandbox: &Sandbox) -> (Fix, Writer) {
    let file = sandbox.path("sum");
    let inverse = Inverse::Files(vec![file.clone()]);
    let step = Step::Run { argv: vec!["sh".into()], privilege: Privilege::User, inverse };
    (fix([step]), Writer { file, ends: Ok(()) })
}

fn applied(sandbox: &Sandbox, fix: &Fix, programs: &dyn Programs) -> EntryId {
    match sandbox.apply_with(&sandbox.state, fix, programs).expect("it can be applied") {
        Applied::Done(id) => id,
        Applied::NothingToDo => panic!("nothing was done"),
    }
}

#[test]
fn what_it_changed_is_put_back() {
    for old in [Some("old\r\nno end"), Some("made\n"), None] {
        let sandbox = Sandbox::new();
        if let Some(old) = old {
            sandbox.write("sum", old);
        }
        let before = sandbox.tree();
        let (fix, writer) = program(&sandbox);
        assert!(fix.undoable());
        let id = applied(&sandbox, &fix, &writer);
        assert_eq!(fs::read_to_string(&writer.file).ok().as_deref(), Some("made\n"));
        let shown = changes_of_undo(&sandbox.state, id).expect("it can be read");
        assert_eq!(shown.len(), usize::from(old != Some("made\n")), "what stays as it is is not shown");
        undo(&sandbox.state, id, &Notebook::default(), now()).expect("it can be undone");
        assert_eq!(sandbox.tree(), before, "{old:?}");
    }
}

#[test]
fn what_was_changed_since_is_not_lost() {
    let sandbox = Sandbox::new();
    sandbox.write("sum", "old\n");
    let (fix, writer) = program(&sandbox);
    let id = applied(&sandbox, &fix, &writer);
    sandbox.write("sum", "made\nand more\n");
    let error = undo(&sandbox.state, id, &Notebook::default(), now()).expect_err("somebody has changed it");
    assert!(matches!(error, UndoError::Changed(_)), "{error}");
}

#[test]
fn that_it_was_touched_since_is_no_change() {
    let sandbox = Sandbox::new();
    sandbox.write("sum", "old\n");
    let before = sandbox.tree();
    let (fix, writer) = program(&sandbox);
    let id = applied(&sandbox, &fix, &writer);
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let file = fs::File::options().write(true).open(&writer.file).expect("the file can be opened");
    file.set_modified(time).expect("the time can be set");
    undo(&sandbox.state, id, &Notebook::default(), now()).expect("it can be undone");
    assert_eq!(sandbox.tree(), before);
}

#[test]
fn a_program_that_fails_leaves_nothing_behind() {
    let sandbox = Sandbox::new();
    sandbox.write("sum", "old\n");
    let before = sandbox.tree();
    let (fix, writer) = program(&sandbox);
    let writer = Writer { ends: Err("it was told to fail".into()), ..writer };
    let error = sandbox.apply_with(&sandbox.state, &fix, &writer).expect_err("it fails");
    assert!(matches!(error, ApplyError::TakenBack { .. }), "{error}");
    assert_eq!(sandbox.tree(), before);
    assert!(sandbox.entries().is_empty());
}

#[test]
fn a_kill_at_any_point_can_be_taken_back() {
    for n in 1.. {
        let sandbox = Sandbox::new();
        sandbox.write("sum", "old\n");
        let before = sandbox.tree();
        let (fix, writer) = program(&sandbox);
        let disk = FaultyDisk::new(Fault::Dies(n));
        let _ = sandbox.apply_with(&sandbox.on(disk.clone()), &fix, &writer);
        recover(&sandbox.state, now()).expect("it can be read");
        for entry in sandbox.entries() {
            undo(&sandbox.state, entry.id, &Notebook::default(), now()).expect("it can be undone");
        }
        if disk.log().len() < n {
            break;
        }
        assert_eq!(sandbox.tree(), before, "killed at {n}");
    }
}

#[test]
fn a_kill_while_it_is_taken_back_loses_nothing() {
    for n in 1.. {
        let sandbox = Sandbox::new();
        sandbox.write("sum", "old\n");
        let before = sandbox.tree();
        let (fix, writer) = program(&sandbox);
        let id = applied(&sandbox, &fix, &writer);
        let disk = FaultyDisk::new(Fault::Dies(n));
        let _ = undo(&sandbox.on(disk.clone()), id, &Notebook::default(), now());
        recover(&sandbox.state, now()).expect("it can be read");
        match undo(&sandbox.state, id, &Notebook::default(), now()) {
            Ok(_) | Err(UndoError::Already(_)) => {}
            Err(error) => panic!("killed at {n}: {error}"),
        }
        assert_eq!(sandbox.tree(), before, "killed at {n}");
        if disk.log().len() < n {
            break;
        }
    }
}
