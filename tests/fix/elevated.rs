//! Files that take root's rights: previewed, applied and taken back through
//! sudo, with the same promises as files of one's own.

use gomedic::fix::{
    Applied, ApplyError, EntryId, Phase, Plan, Rights, StateFolder, apply, finish, plan, recover, undo,
};
use gomedic::model::{Class, Edit, Fix, Step};
use rustix::io::Errno;

use crate::faulty::{Fault, FaultyDisk, at_every_operation};
use crate::sandbox::{Sandbox, about, comment_out, edit, now};
use crate::tree::Tree;
use crate::unprivileged::{FakeSudo, Unprivileged};

/// Applying takes more operations than this; else too little is tested.
const OPERATIONS: usize = 40;

/// What the fix changes.
const TARGETS: [&str; 3] = ["etc/profile.d/go.sh", "etc/go/new.conf", "own"];

/// A line in a file of root's, a new file of root's in a new folder, and one
/// of the user's own.
fn broken() -> (Sandbox, Fix) {
    let sandbox = Sandbox::new();
    let line = "export GOROOT=/opt/go";
    let steps = vec![
        edit(sandbox.write("etc/profile.d/go.sh", format!("a\n{line}\n")), comment_out(2, line)),
        Step::WriteFile { path: sandbox.path("etc/go/new.conf"), content: "b\n".into(), mode: 0o644 },
        edit(sandbox.path("own"), Edit::Append { lines: vec!["c".into()] }),
    ];
    sandbox.chmod("etc/profile.d/go.sh", 0o640);
    (sandbox, Fix::new("Mend it", Class::Root, steps))
}

fn planned(sandbox: &Sandbox, fix: &Fix) -> Plan {
    plan(&Unprivileged::of(sandbox), fix)
}

fn apply_on(sandbox: &Sandbox, fix: &Fix, disk: &FaultyDisk) -> Result<Applied, ApplyError> {
    apply(&sandbox.on(disk.clone()), &planned(sandbox, fix), &about(fix), &FakeSudo(disk.clone()))
}

fn applied(sandbox: &Sandbox, fix: &Fix) -> EntryId {
    match apply_on(sandbox, fix, &healthy()) {
        Ok(Applied::Done(id)) => id,
        other => panic!("it was not applied: {other:?}"),
    }
}

fn healthy() -> FaultyDisk {
    FaultyDisk::new(Fault::Never)
}

/// The state folder, on a disk that has root's files guarded.
fn own(sandbox: &Sandbox) -> StateFolder {
    sandbox.on(FaultyDisk::new(Fault::Guards("/etc/")))
}

fn sides() -> (Tree, Tree) {
    let (sandbox, fix) = broken();
    let before = sandbox.tree();
    applied(&sandbox, &fix);
    (before, sandbox.tree())
}

/// What a start finds, which may not use sudo.
fn interrupted(sandbox: &Sandbox) -> Option<EntryId> {
    let recovery = recover(&own(sandbox), now()).expect("the journal can be read");
    assert_eq!(recovery.damaged, []);
    recovery.interrupted.first().map(|found| found.entry.id)
}

#[test]
fn it_is_shown_done_and_taken_back_through_sudo() {
    let (sandbox, fix) = broken();
    let planned = planned(&sandbox, &fix);
    assert!(planned.needs_terminal());
    let shown: Vec<String> = planned
        .acts()
        .iter()
        .flat_map(|act| match act {
            gomedic::fix::Act::Change(change) => change.through_sudo(),
            gomedic::fix::Act::Run(_) => Vec::new(),
        })
        .collect();
    let owner = |line: String| {
        let (uid, gid) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
        line.replace(&*sandbox.home.to_string_lossy(), "~").replace(&format!("-o {uid} -g {gid} -m 0640"), "AS IT WAS")
    };
    insta::assert_snapshot!(shown.into_iter().map(owner).collect::<Vec<_>>().join("\n"), @r"
    /usr/bin/sudo -- /usr/bin/install AS IT WAS .gomedic-NEW ~/etc/profile.d/.gomedic-NEW
    /usr/bin/sudo -- /usr/bin/sync ~/etc/profile.d/.gomedic-NEW
    /usr/bin/sudo -- /usr/bin/mv -f ~/etc/profile.d/.gomedic-NEW ~/etc/profile.d/go.sh
    /usr/bin/sudo -- /usr/bin/sync ~/etc/profile.d
    /usr/bin/sudo -- /usr/bin/mkdir -m 0755 ~/etc/.gomedic-NEW
    /usr/bin/sudo -- /usr/bin/mv -f ~/etc/.gomedic-NEW ~/etc/go
    /usr/bin/sudo -- /usr/bin/sync ~/etc
    /usr/bin/sudo -- /usr/bin/install -o 0 -g 0 -m 0644 .gomedic-NEW ~/etc/go/.gomedic-NEW
    /usr/bin/sudo -- /usr/bin/sync ~/etc/go/.gomedic-NEW
    /usr/bin/sudo -- /usr/bin/mv -f ~/etc/go/.gomedic-NEW ~/etc/go/new.conf
    /usr/bin/sudo -- /usr/bin/sync ~/etc/go
    ");
    let before = sandbox.tree();
    let id = applied(&sandbox, &fix);
    assert_eq!(sandbox.read("etc/profile.d/go.sh"), "a\n# export GOROOT=/opt/go  # gomedic: names no Go\n");
    assert_eq!(sandbox.entries()[0].rights(), Rights::Sudo);
    assert_eq!(apply_on(&sandbox, &fix, &healthy()).expect("it can be applied again"), Applied::NothingToDo);
    undo(&own(&sandbox), id, &FakeSudo(healthy()), now()).expect("it can be undone");
    assert_eq!(sandbox.tree(), before);
    let staged = std::fs::read_dir(sandbox.state.path().join("staged")).expect("it was made");
    assert_eq!(staged.count(), 0, "nothing is left on its way");
}

#[test]
fn only_a_fix_of_class_root_goes_through_sudo() {
    let (sandbox, fix) = broken();
    let refusal = |fix: &Fix, host: &Unprivileged| {
        let why = plan(host, fix).refused().expect("it is refused").to_string();
        why.replace(&*sandbox.home.to_string_lossy(), "~")
    };
    let mut host = Unprivileged::of(&sandbox);
    let safe = Fix { class: Class::Safe, ..fix.clone() };
    assert_eq!(
        refusal(&safe, &host),
        "~/etc/profile.d/go.sh cannot be replaced: the folder ~/etc/profile.d is not writable"
    );
    host.has_sudo = false;
    assert_eq!(refusal(&fix, &host), "this needs root's rights, and sudo is not installed");
}

#[test]
fn a_failing_operation_changes_nothing() {
    let (before, after) = sides();
    at_every_operation(
        OPERATIONS,
        |n| Fault::Fails(n, Errno::IO),
        |disk| {
            let (sandbox, fix) = broken();
            match apply_on(&sandbox, &fix, &disk) {
                Ok(_) => assert_eq!(sandbox.tree(), after),
                Err(error) => {
                    assert!(!matches!(error, ApplyError::LeftHalf { .. }), "{error}");
                    assert_eq!(sandbox.tree(), before, "{error}");
                    assert_eq!(interrupted(&sandbox), None);
                    applied(&sandbox, &fix);
                    assert_eq!(sandbox.tree(), after);
                }
            }
        },
    );
}

#[test]
fn a_kill_while_applying_can_be_undone_or_finished() {
    let sides = sides();
    for onward in [true, false] {
        at_every_operation(OPERATIONS, Fault::Dies, |disk| {
            let (sandbox, fix) = broken();
            let _ = apply_on(&sandbox, &fix, &disk);
            sandbox.tree().assert_not_torn(&sides, &TARGETS);
            let Some(id) = interrupted(&sandbox) else {
                return assert!(sandbox.tree() == sides.0 || sandbox.tree() == sides.1, "{:?}", sandbox.tree());
            };
            go_on(&sandbox, id, onward, &sides);
        });
    }
}

#[test]
fn a_kill_while_undoing_can_be_undone_or_finished() {
    let sides = sides();
    for onward in [true, false] {
        at_every_operation(OPERATIONS, Fault::Dies, |disk| {
            let (sandbox, fix) = broken();
            let id = applied(&sandbox, &fix);
            let _ = undo(&sandbox.on(disk.clone()), id, &FakeSudo(disk), now());
            sandbox.tree().assert_not_torn(&sides, &TARGETS);
            match interrupted(&sandbox) {
                Some(id) => go_on(&sandbox, id, onward, &sides),
                None => assert!(sandbox.tree() == sides.0 || sandbox.tree() == sides.1, "{:?}", sandbox.tree()),
            }
        });
    }
}

/// Either way on, with a yes, leads to one side, and leaves nothing behind.
fn go_on(sandbox: &Sandbox, id: EntryId, onward: bool, (before, after): &(Tree, Tree)) {
    let sudo = FakeSudo(healthy());
    if onward {
        let entry = finish(&own(sandbox), id, &sudo, now()).expect("it can be finished");
        assert_eq!(entry.phase, Phase::Applied);
        assert_eq!(sandbox.tree(), *after);
    } else {
        undo(&own(sandbox), id, &sudo, now()).expect("it can be undone");
        assert_eq!(sandbox.tree(), *before);
    }
}
