//! Programs that replace a file, which undoing puts back.

use std::fs;
use std::path::{Path, PathBuf};

use gomedic::fix::{Applied, ApplyError, EntryId, Programs, UndoError, recover, undo};
use gomedic::model::{Fix, Inverse, Privilege, Step};

use crate::faulty::{Fault, FaultyDisk};
use crate::sandbox::{NoPrograms, Sandbox, fix, now};

/// Larger than any text that is edited.
const LARGE: usize = 5 * 1024 * 1024;

/// Writes a file in place of the one there, as `go install` does; and fails
/// after that, when the word says so.
#[derive(Debug)]
struct Installer(PathBuf);

impl Programs for Installer {
    fn run(&self, argv: &[String], _folder: &Path) -> Result<(), String> {
        let _ = fs::remove_file(&self.0);
        fs::write(&self.0, "new").map_err(|error| error.to_string())?;
        if argv.iter().any(|word| word == "fail") { Err("the disk is full".into()) } else { Ok(()) }
    }
}

fn install(target: &Path, word: &str) -> Fix {
    let argv = ["sh", word].map(str::to_owned).to_vec();
    fix([Step::Run { argv, privilege: Privilege::User, inverse: Inverse::Restore(vec![target.to_owned()]) }])
}

/// A sandbox with an old program in it.
fn with_tool() -> (Sandbox, PathBuf) {
    let sandbox = Sandbox::new();
    let tool = sandbox.write("bin/tool", vec![b'x'; LARGE]);
    sandbox.chmod("bin/tool", 0o750);
    (sandbox, tool)
}

fn installed(sandbox: &Sandbox, tool: &Path) -> EntryId {
    let applied = sandbox.apply_with(&sandbox.state, &install(tool, "x"), &Installer(tool.to_owned()));
    match applied {
        Ok(Applied::Done(id)) => id,
        other => panic!("it was not applied: {other:?}"),
    }
}

#[test]
fn what_was_replaced_is_put_back() {
    let (sandbox, tool) = with_tool();
    let before = sandbox.tree();
    let id = installed(&sandbox, &tool);
    assert_eq!(sandbox.read("bin/tool"), "new");
    let entry = sandbox.state.entry(id).expect("the entry is whole");
    assert_eq!(entry.cannot_be_undone(), None);
    assert_eq!(entry.restored().collect::<Vec<_>>(), [tool.as_path()]);
    assert_eq!(entry.takebacks(), Vec::<String>::new(), "no program takes it back");
    sandbox.undo(id).expect("it can be undone");
    assert_eq!(sandbox.tree(), before);
}

#[test]
fn what_was_made_is_removed() {
    let sandbox = Sandbox::new();
    sandbox.write("bin/other", "");
    let before = sandbox.tree();
    let id = installed(&sandbox, &sandbox.path("bin/tool"));
    assert_ne!(sandbox.tree(), before);
    sandbox.undo(id).expect("it can be undone");
    assert_eq!(sandbox.tree(), before);
}

#[test]
fn a_program_that_fails_halfway_leaves_the_old_file() {
    let (sandbox, tool) = with_tool();
    let before = sandbox.tree();
    let error =
        sandbox.apply_with(&sandbox.state, &install(&tool, "fail"), &Installer(tool)).expect_err("it was told to fail");
    assert!(matches!(error, ApplyError::TakenBack { .. }), "{error}");
    assert_eq!(sandbox.tree(), before);
    assert!(sandbox.entries().is_empty());
}

#[test]
fn what_was_replaced_again_since_stays() {
    let (sandbox, tool) = with_tool();
    let first = installed(&sandbox, &tool);
    fs::write(&tool, "newer").expect("it can be written");
    let error = sandbox.undo(first).expect_err("it is refused");
    let UndoError::Changed(changed) = error else { panic!("{error}") };
    assert_eq!((changed.target.as_path(), changed.later), (tool.as_path(), None));
    assert_eq!(sandbox.read("bin/tool"), "newer");

    let second = installed(&sandbox, &tool);
    fs::write(&tool, "newest").expect("it can be written");
    let UndoError::Changed(changed) = sandbox.undo(first).expect_err("it is refused") else { panic!() };
    assert_eq!(changed.later, Some(second));
}

#[test]
fn a_link_and_a_file_of_two_names_are_refused() {
    let (sandbox, tool) = with_tool();
    let link = sandbox.link("bin/link", &tool);
    assert_eq!(sandbox.refusal(&install(&link, "x")), "~/bin/link is a link, which would be lost");
    fs::hard_link(&tool, sandbox.path("bin/second")).expect("a link can be made");
    let why = "~/bin/tool has 2 names (hard links); replacing it would part them";
    assert_eq!(sandbox.refusal(&install(&tool, "x")), why);
}

#[test]
fn after_a_kill_at_any_point_the_old_file_can_be_had() {
    let mut interrupted = 0;
    for n in 1.. {
        let (sandbox, tool) = with_tool();
        let before = sandbox.tree();
        let disk = FaultyDisk::new(Fault::Dies(n));
        let _ = sandbox.apply_with(&sandbox.on(disk.clone()), &install(&tool, "x"), &Installer(tool));
        let recovery = recover(&sandbox.state, now()).expect("it can be read");
        assert_eq!(recovery.damaged, []);
        let entry = recovery.interrupted.first().map(|found| &found.entry);
        interrupted += usize::from(entry.is_some());
        if let Some(entry) = entry.or(sandbox.entries().first()) {
            undo(&sandbox.state, entry.id, &NoPrograms, now()).expect("it can be undone");
        }
        assert_eq!(sandbox.tree(), before, "killed at operation {n}");
        if disk.log().len() < n {
            break;
        }
    }
    assert!(interrupted > 0);
}

/// Changes the first file, makes the second, and leaves the third alone.
#[derive(Debug)]
struct Downloader([PathBuf; 3]);

impl Programs for Downloader {
    fn run(&self, _argv: &[String], _folder: &Path) -> Result<(), String> {
        let [changed, made, _] = &self.0;
        fs::write(changed, "old\nnew\n").and_then(|()| fs::write(made, "made\n")).map_err(|error| error.to_string())
    }
}

/// A sandbox with the first and no other of these files, and what was done.
fn downloaded() -> (Sandbox, Downloader, EntryId, String) {
    let sandbox = Sandbox::new();
    sandbox.write("go.sum", "old\n");
    let before = format!("{:?}", sandbox.tree());
    let files = ["go.sum", "go.mod", "go.work.sum"].map(|name| sandbox.path(name));
    let step =
        Step::Run { argv: vec!["sh".into()], privilege: Privilege::User, inverse: Inverse::Restore(files.to_vec()) };
    let program = Downloader(files);
    let id = match sandbox.apply_with(&sandbox.state, &fix([step]), &program) {
        Ok(Applied::Done(id)) => id,
        other => panic!("it was not applied: {other:?}"),
    };
    (sandbox, program, id, before)
}

#[test]
fn of_several_files_each_is_put_back() {
    let (sandbox, _, id, before) = downloaded();
    assert_eq!(sandbox.read("go.mod"), "made\n");
    sandbox.undo(id).expect("it can be undone");
    assert_eq!(format!("{:?}", sandbox.tree()), before);
}

#[test]
fn a_file_that_came_later_is_not_removed() {
    let (sandbox, Downloader([_, _, later]), id, _) = downloaded();
    fs::write(&later, "by hand").expect("the file can be written");
    assert!(matches!(sandbox.undo(id), Err(UndoError::Changed(_))));
    assert_eq!(sandbox.read("go.work.sum"), "by hand");
    assert_eq!(sandbox.read("go.mod"), "made\n", "nothing was taken back");
}
