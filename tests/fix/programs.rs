//! Steps that run programs.

use gomedic::fix::{Applied, ApplyError, Phase, Rights, StateFolder, UndoError, plan, recover, undo};
use gomedic::model::{Class, Edit, Fix, Inverse, Privilege, Step};

use crate::faulty::{Fault, FaultyDisk};
use crate::sandbox::{Notebook, Sandbox, edit, fix, now};

fn run(argv: &[&str], inverse: Inverse) -> Step {
    Step::Run { argv: words(argv), privilege: Privilege::User, inverse }
}

fn words(argv: &[&str]) -> Vec<String> {
    argv.iter().map(|word| (*word).to_owned()).collect()
}

fn back(argv: &[&str]) -> Inverse {
    Inverse::Argv(words(argv))
}

/// A change, a program, a change.
fn mixed(sandbox: &Sandbox, program: Step) -> Fix {
    let append = |name: &str| edit(sandbox.path(name), Edit::Append { lines: vec!["x".into()] });
    fix([append("first"), program, append("second")])
}

fn notes(notebook: &Notebook) -> Vec<String> {
    notebook.lines.borrow().clone()
}

#[test]
fn a_program_is_run_by_its_absolute_path_and_taken_back_by_another() {
    let sandbox = Sandbox::new();
    let before = sandbox.tree();
    let fix = mixed(&sandbox, run(&["sh", "-c", "a b"], back(&["env", "undo"])));
    let notebook = Notebook::default();
    let applied = sandbox.apply_with(&sandbox.state, &fix, &notebook).expect("it can be applied");
    let gomedic::fix::Applied::Done(id) = applied else { panic!("nothing was done") };
    assert_eq!(sandbox.tree().paths(), ["first", "second"]);
    let undone = undo(&sandbox.state, id, &notebook, now()).expect("it can be undone");
    assert_eq!(undone.entry.phase, Phase::Undone);
    assert_eq!(sandbox.tree(), before);
    // Where they lie differs from machine to machine; that they are absolute
    // does not.
    let lines = notes(&notebook);
    assert!(lines[0].starts_with('/') && lines[0].ends_with("/sh -c a b"), "{lines:?}");
    assert!(lines[1].starts_with('/') && lines[1].ends_with("/env undo"), "{lines:?}");
    assert_eq!(lines.len(), 2);
}

#[test]
fn the_preview_is_the_command_line() {
    let sandbox = Sandbox::new();
    let fix = fix([run(&["sh", "-c", "echo $HOME"], Inverse::CannotBeUndone("it prints".into()))]);
    let shown = sandbox.diff(&fix);
    assert!(shown.starts_with("$ /") && shown.ends_with("/sh -c 'echo $HOME'\n"), "{shown}");
    assert_eq!(plan(&sandbox.host(), &fix).cannot_be_undone(), Some("it prints"));
}

#[test]
fn a_program_that_is_not_there_or_no_program_is_refused() {
    let sandbox = Sandbox::new();
    let told: Vec<String> = [["gomedic-no-such-program"], ["./x"], [""], ["/etc"]]
        .map(|argv| sandbox.refusal(&fix([run(&argv, back(&["sh"]))])))
        .to_vec();
    insta::assert_snapshot!(told.join("\n"), @r#"
    gomedic-no-such-program is not installed
    "./x" is not a program
    "" is not a program
    /etc is not installed
    "#);
}

#[test]
fn roots_programs_come_from_the_system_and_through_sudo() {
    let sandbox = Sandbox::new();
    let argv = words(&["sh", "-c", "true"]);
    let step = Step::Run { argv, privilege: Privilege::Root, inverse: back(&["sh", "-c", "false"]) };
    let planned = plan(&sandbox.host(), &Fix::new("Mend it", Class::Root, vec![step]));
    let is_root = rustix::process::geteuid().is_root();
    match planned.acts() {
        [gomedic::fix::Act::Run(command)] if is_root => {
            assert_eq!(command.rights, Rights::Own);
            assert!(!planned.needs_terminal());
            assert!(command.line().ends_with("/sh -c true"));
        }
        [gomedic::fix::Act::Run(command)] => {
            assert_eq!(command.rights, Rights::Sudo);
            assert!(planned.needs_terminal());
            assert!(command.line().contains("/sudo -- /"), "{}", command.line());
        }
        // An ordinary user of a machine without sudo.
        _ => {
            let why = planned.refused().expect("it is refused").to_string();
            assert_eq!(why, "this needs root's rights, and sudo is not installed");
        }
    }
}

#[test]
fn a_program_that_fails_takes_the_rest_back() {
    let sandbox = Sandbox::new();
    let before = sandbox.tree();
    let notebook = Notebook::default();
    let fix = mixed(&sandbox, run(&["sh", "fail"], back(&["sh", "back"])));
    let error = sandbox.apply_with(&sandbox.state, &fix, &notebook).expect_err("it fails");
    assert!(matches!(error, ApplyError::TakenBack { .. }));
    let text = error.to_string();
    assert!(text.ends_with("/sh fail failed: it was told to fail; the other steps were taken back"), "{text}");
    assert_eq!(sandbox.tree(), before);
    assert!(sandbox.entries().is_empty());
    assert_eq!(notes(&notebook).len(), 1, "a program that failed is not taken back");
}

#[test]
fn a_program_that_cannot_be_taken_back_says_so() {
    let sandbox = Sandbox::new();
    let notebook = Notebook::default();
    let fix = mixed(&sandbox, run(&["sh", "x"], Inverse::CannotBeUndone("the old one is gone".into())));
    let applied = sandbox.apply_with(&sandbox.state, &fix, &notebook).expect("it can be applied");
    let gomedic::fix::Applied::Done(id) = applied else { panic!("nothing was done") };
    let after = sandbox.tree();
    let error = undo(&sandbox.state, id, &notebook, now()).expect_err("it cannot");
    assert!(matches!(error, UndoError::Impossible(_)));
    assert!(error.to_string().ends_with("/sh x cannot be taken back: the old one is gone"), "{error}");
    assert_eq!(sandbox.tree(), after);
}

#[test]
fn a_kill_around_a_program_is_told_as_it_is() {
    let mut seen = Vec::new();
    for n in 1.. {
        let sandbox = Sandbox::new();
        let before = sandbox.tree();
        let fix = mixed(&sandbox, run(&["sh", "x"], back(&["sh", "back"])));
        let disk = FaultyDisk::new(Fault::Dies(n));
        let state: StateFolder = sandbox.on(disk.clone());
        let notebook = Notebook::default();
        let _ = sandbox.apply_with(&state, &fix, &notebook);
        let recovery = recover(&sandbox.state, now()).expect("it can be read");
        if let Some(found) = recovery.interrupted.first() {
            let stages: Vec<&str> = found.parts.iter().map(|part| part.stage.title()).collect();
            let stages = stages.join(", ");
            if seen.last() != Some(&stages) {
                seen.push(stages);
            }
            undo(&sandbox.state, found.entry.id, &Notebook::default(), now()).expect("it can be undone");
            assert_eq!(sandbox.tree(), before);
        }
        if disk.log().len() < n {
            break;
        }
    }
    assert_eq!(
        seen,
        ["done, not done, not done", "done, not known, not done", "done, done, not done"],
        "in this order while the kill comes later"
    );
}

#[test]
fn a_file_is_not_planned_across_a_program() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("rc", "a\n");
    let replace =
        |was: &str, with: &str| edit(path.clone(), Edit::ReplaceLine { line: 1, was: was.into(), with: with.into() });
    let fix = fix([replace("a", "b"), run(&["sh"], back(&["sh"])), replace("b", "c")]);
    insta::assert_snapshot!(sandbox.refusal(&fix), @"~/rc would be changed again after a program was run");
}

#[test]
fn a_program_that_makes_room_needs_none() {
    let clean = |inverse| fix([run(&["sh", "-c", "clean"], inverse)]);
    let lost = || Inverse::CannotBeUndone("the next builds fill it again".into());
    for n in 1.. {
        let sandbox = Sandbox::new();
        let disk = FaultyDisk::new(Fault::FullFrom(n));
        let notebook = Notebook::default();
        let applied = sandbox.apply_with(&sandbox.on(disk.clone()), &clean(lost()), &notebook);
        let is_over = disk.log().len() < n;
        match applied {
            Ok(Applied::Unrecorded) => assert!(sandbox.entries().is_empty()),
            Ok(Applied::Done(id)) => assert_eq!(sandbox.entries()[0].id, id),
            // What has been done is not denied, wherever the journal breaks off.
            Err(ApplyError::LeftHalf { .. }) => assert_eq!(sandbox.entries().len(), 1),
            other => panic!("at {n}: {other:?}"),
        }
        assert_eq!(notes(&notebook).len(), 1, "it is run once, at {n}");
        if is_over {
            break;
        }
    }
    // What can be taken back is noted first, or not done.
    let sandbox = Sandbox::new();
    let notebook = Notebook::default();
    let state = sandbox.on(FaultyDisk::new(Fault::FullFrom(1)));
    let error = sandbox.apply_with(&state, &clean(back(&["sh", "back"])), &notebook).expect_err("the disk is full");
    assert!(error.to_string().contains("No space left on device"), "{error}");
    assert!(notes(&notebook).is_empty());
}
