//! Times of last change: set, shown, given back.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use gomedic::fix::{ApplyError, UndoError, recover, undo};
use gomedic::model::{Edit, Fix, Step};
use jiff::Timestamp;
use rustix::io::Errno;

use crate::faulty::{Fault, FaultyDisk};
use crate::sandbox::{NoPrograms, Sandbox, edit, fix, now};

/// 2033-05-18, with a fraction that a careless restore loses.
const FUTURE: (u64, u32) = (2_000_000_000, 123_456_789);

fn set_future(path: &Path) {
    let time = SystemTime::UNIX_EPOCH + Duration::new(FUTURE.0, FUTURE.1);
    File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("the time can be set");
}

/// The time of a file's last change: seconds and nanoseconds.
fn times(path: &Path) -> (i64, i64) {
    let metadata = fs::metadata(path).expect("it is there");
    (metadata.mtime(), metadata.mtime_nsec())
}

fn today() -> Timestamp {
    "2026-11-21T10:14:00Z".parse().expect("a time")
}

fn set(path: PathBuf) -> Fix {
    fix([Step::SetModified { path, modified: today() }])
}

#[test]
fn a_time_is_set_and_given_back_to_the_nanosecond() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("go.mod", "module x\n");
    set_future(&path);
    // Whoever owns a file may change its time, and need not be able to write.
    sandbox.chmod("go.mod", 0o440);
    let (before, tree) = (times(&path), sandbox.tree());
    assert_eq!(before, (2_000_000_000, 123_456_789));
    let fix = set(path.clone());
    insta::assert_snapshot!(sandbox.diff(&fix), @r"
    --- ~/go.mod
    +++ ~/go.mod
    -modified 2033-05-18T03:33:20.123456789Z
    +modified 2026-11-21T10:14:00Z
    ");
    let id = sandbox.applied(&fix);
    assert_eq!(times(&path), (today().as_second(), 0));
    assert_eq!(sandbox.tree(), tree, "content, mode and owner stay");
    assert_eq!(sandbox.diff(&fix), "", "a preview of what is done is empty");
    sandbox.undo(id).expect("it can be undone");
    assert_eq!(times(&path), before);
}

#[test]
fn a_time_before_the_epoch_is_given_back() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("old", "");
    let time = SystemTime::UNIX_EPOCH - Duration::new(10, 250_000_000);
    File::options().write(true).open(&path).and_then(|file| file.set_modified(time)).expect("the time can be set");
    let before = times(&path);
    let id = sandbox.applied(&set(path.clone()));
    sandbox.undo(id).expect("it can be undone");
    assert_eq!(times(&path), before);
}

#[test]
fn behind_a_link_the_file_is_meant_and_the_link_stays() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("real/go.mod", "module x\n");
    set_future(&path);
    let link = sandbox.link("go.mod", "real/go.mod");
    sandbox.applied(&set(link.clone()));
    assert_eq!(times(&path).0, today().as_second());
    assert!(fs::symlink_metadata(link).expect("it is there").is_symlink());
}

#[test]
fn undo_refuses_what_was_written_since() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("go.mod", "module x\n");
    set_future(&path);
    let id = sandbox.applied(&set(path.clone()));
    set_future(&path);
    sandbox.write("go.mod", "module y\n");
    let error = sandbox.undo(id).expect_err("it has changed");
    assert!(matches!(error, UndoError::Changed(_)), "{error}");
    assert_eq!(sandbox.read("go.mod"), "module y\n");
}

#[test]
fn what_cannot_have_its_time_set_is_refused() {
    let sandbox = Sandbox::new();
    let folder = sandbox.write("folder/x", "a\n").parent().expect("it lies in a folder").to_owned();
    insta::assert_snapshot!(sandbox.refusal(&set(sandbox.path("none"))), @"~/none does not exist");
    insta::assert_snapshot!(sandbox.refusal(&set(folder)), @"~/folder is a folder");
    let path = sandbox.path("folder/x");
    let time = Step::SetModified { path: path.clone(), modified: today() };
    let text = edit(path, Edit::ReplaceLine { line: 1, was: "a".into(), with: "b".into() });
    let after_edit = fix([text.clone(), time.clone()]);
    insta::assert_snapshot!(sandbox.refusal(&after_edit), @"~/folder/x is changed by another step as well");
    insta::assert_snapshot!(sandbox.refusal(&fix([time, text])), @"~/folder/x would be changed again after its time was set");
}

/// Whatever fails, and wherever the process dies, each file has the one time
/// or the other, and undo gives both back.
#[test]
fn no_fault_leaves_another_time() {
    let faults: [fn(usize) -> Fault; 2] = [|n| Fault::Fails(n, Errno::IO), Fault::Dies];
    for fault in faults {
        for n in 1.. {
            let sandbox = Sandbox::new();
            let paths = ["a", "b"].map(|name| sandbox.write(name, name));
            paths.iter().for_each(|path| set_future(path));
            let mend = fix(paths.clone().map(|path| Step::SetModified { path, modified: today() }));
            let disk = FaultyDisk::new(fault(n));
            let applied = sandbox.apply_with(&sandbox.on(disk.clone()), &mend, &NoPrograms);
            assert!(!matches!(applied, Err(ApplyError::LeftHalf { .. })) || matches!(fault(n), Fault::Dies(_)));
            for path in &paths {
                assert!([FUTURE.0.cast_signed(), today().as_second()].contains(&times(path).0), "{fault:?} {n}");
            }
            for found in recover(&sandbox.state, now()).expect("the journal can be read").interrupted {
                undo(&sandbox.state, found.entry.id, &NoPrograms, now()).expect("it can be undone");
                paths.iter().for_each(|path| assert_eq!(times(path).1, 123_456_789));
            }
            if disk.log().len() < n {
                assert!(n > 10, "only {n} operations: this tests nothing");
                break;
            }
        }
    }
}
