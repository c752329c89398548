//! Taking back, and when it is refused.

use std::fs;

use gomedic::fix::{Phase, UndoError, changes_of_undo, diff, undo};
use gomedic::host::Host;
use gomedic::model::{Edit, Step};

use crate::sandbox::{NoPrograms, Sandbox, comment_out, edit, fix, now};

fn changed(error: UndoError) -> Box<gomedic::fix::ChangedSince> {
    match error {
        UndoError::Changed(changed) => changed,
        other => panic!("refused for another reason: {other}"),
    }
}

#[test]
fn what_somebody_edited_since_is_not_lost() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".bashrc", "export GOROOT=/opt/go\n");
    let id = sandbox.applied(&fix([edit(path, comment_out(1, "export GOROOT=/opt/go"))]));
    let content = fs::read_to_string(sandbox.path(".bashrc")).expect("it can be read");
    sandbox.write(".bashrc", format!("{content}alias g=go\n"));
    let before = sandbox.tree();
    let refused = changed(sandbox.undo(id).expect_err("it has changed"));
    insta::assert_snapshot!(refused.diff(sandbox.host().machine()), @r"
    --- ~/.bashrc
    +++ ~/.bashrc
    @@ -1 +1,2 @@
     # export GOROOT=/opt/go  # gomedic: names no Go
    +alias g=go
    ");
    assert_eq!(refused.later, None);
    assert_eq!(sandbox.tree(), before);
    assert_eq!(sandbox.entries()[0].phase, Phase::Applied);
    // Taken back by hand, it can be undone.
    sandbox.write(".bashrc", content);
    sandbox.undo(id).expect("it is as the fix left it");
    assert_eq!(sandbox.read(".bashrc"), "export GOROOT=/opt/go\n");
}

#[test]
fn a_mode_that_changed_since_is_a_change_too() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".profile", "a\n");
    let id = sandbox.applied(&fix([edit(path, Edit::Append { lines: vec!["b".into()] })]));
    sandbox.chmod(".profile", 0o600);
    let refused = changed(sandbox.undo(id).expect_err("it has changed"));
    insta::assert_snapshot!(refused.diff(sandbox.host().machine()), @r"
    --- ~/.profile
    +++ ~/.profile
    -mode 0644
    +mode 0600
    ");
}

#[test]
fn a_later_fix_of_the_file_is_named() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".profile", "a\nb\n");
    let before = sandbox.tree();
    let first = sandbox.applied(&fix([edit(path.clone(), comment_out(1, "a"))]));
    let second = sandbox.applied(&fix([edit(path, comment_out(2, "b"))]));
    assert!(second > first);
    assert_eq!(changed(sandbox.undo(first).expect_err("a later one is in the way")).later, Some(second));
    sandbox.undo(second).expect("it is the newest");
    sandbox.undo(first).expect("nothing is in the way");
    assert_eq!(sandbox.tree(), before);
}

#[test]
fn it_is_undone_once() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("a/b");
    let id = sandbox.applied(&fix([Step::WriteFile { path, content: "secret".into(), mode: 0o600 }]));
    sandbox.undo(id).expect("it can be undone");
    assert!(matches!(sandbox.undo(id), Err(UndoError::Already(_))));
    let entry = &sandbox.entries()[0];
    assert_eq!((entry.id, entry.phase), (id, Phase::Undone));
    let kept: Vec<_> = fs::read_dir(sandbox.state.path().join("journal").join(id.to_string()))
        .expect("the entry is there")
        .map(|entry| entry.expect("it can be read").file_name())
        .collect();
    assert_eq!(kept, ["entry.json"], "no content is kept of what was undone");
}

#[test]
fn a_folder_that_others_use_stays() {
    let sandbox = Sandbox::new();
    let path = sandbox.path(".config/go/env");
    let id = sandbox.applied(&fix([Step::SetGo { file: path, name: "GOSUMDB".into(), value: "off".into() }]));
    sandbox.write(".config/other", "x");
    sandbox.chmod(".config", 0o700);
    let undone = sandbox.undo(id).expect("it can be undone");
    assert_eq!(undone.kept, [sandbox.path(".config")]);
    assert_eq!(sandbox.tree().paths(), [".config", ".config/other"]);
}

#[test]
fn a_target_that_is_gone_or_no_file_any_more_is_refused() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".profile", "a\n");
    let id = sandbox.applied(&fix([edit(path.clone(), comment_out(1, "a"))]));
    fs::remove_file(&path).expect("it can be removed");
    let refused = changed(sandbox.undo(id).expect_err("it is gone"));
    insta::assert_snapshot!(refused.diff(sandbox.host().machine()), @r"
    --- ~/.profile
    +++ /dev/null
    -mode 0644
    @@ -1 +0,0 @@
    -# a  # gomedic: names no Go
    ");
    sandbox.link(".profile", "elsewhere");
    let refused = changed(sandbox.undo(id).expect_err("it is a link"));
    assert_eq!(refused.diff(sandbox.host().machine()), "");
}

#[test]
fn what_undoing_will_do_can_be_shown() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("x/y");
    let id = sandbox.applied(&fix([Step::WriteFile { path, content: "a\n".into(), mode: 0o600 }]));
    let changes = changes_of_undo(&sandbox.state, id).expect("the entry is whole");
    let host = sandbox.host();
    let shown: String = changes.iter().map(|change| diff::of(change, host.machine())).collect();
    insta::assert_snapshot!(shown, @r"
    --- ~/x/y
    +++ /dev/null
    -mode 0600
    @@ -1 +0,0 @@
    -a
    -folder ~/x, mode 0700
    ");
}

#[test]
fn an_entry_that_is_not_there_is_told_without_a_trace() {
    let sandbox = Sandbox::new();
    let id = "20200101T000000-1".parse().expect("an id");
    let error = undo(&sandbox.state, id, &NoPrograms, now()).expect_err("there is none");
    assert_eq!(error.to_string(), "the journal has no entry 20200101T000000-1");
    assert!(!sandbox.state.path().exists());
}
