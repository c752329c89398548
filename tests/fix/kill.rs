//! A real kill at moments that nobody chose.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use gomedic::fix::{finish, recover, undo};
use gomedic::model::{Fix, Step};

use crate::sandbox::{NoPrograms, Sandbox, comment_out, edit, fix, now};

/// Where the victim finds the folders of its sandbox.
const HOME: &str = "GOMEDIC_TEST_VICTIM";

const ROUNDS: usize = 12;

fn mend(sandbox: &Sandbox) -> Fix {
    fix([
        edit(sandbox.path(".bashrc"), comment_out(1, "export GOROOT=/opt/go")),
        Step::WriteFile { path: sandbox.path("a/b/c"), content: "x".repeat(1 << 16), mode: 0o600 },
        Step::SetMode { path: sandbox.path(".netrc"), mode: 0o600 },
    ])
}

/// Runs in a process of its own: applies and undoes until it is killed.
#[test]
#[ignore = "run and killed by a_killed_process_leaves_old_or_new"]
fn victim() {
    let Some(root) = std::env::var_os(HOME) else { return };
    let sandbox = Sandbox::at(PathBuf::from(root));
    let mend = mend(&sandbox);
    loop {
        let id = sandbox.applied(&mend);
        sandbox.undo(id).expect("it can be undone");
    }
}

fn start(sandbox: &Sandbox) -> Child {
    Command::new(std::env::current_exe().expect("this test runs"))
        .args(["--exact", "kill::victim", "--ignored"])
        .env(HOME, sandbox.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it can be started again")
}

#[test]
fn a_killed_process_leaves_old_or_new() {
    let sandbox = Sandbox::new();
    sandbox.write(".bashrc", "export GOROOT=/opt/go\n");
    sandbox.write(".netrc", "secret\n");
    sandbox.chmod(".netrc", 0o644);
    let before = sandbox.tree();
    let id = sandbox.applied(&mend(&sandbox));
    let after = sandbox.tree();
    sandbox.undo(id).expect("it can be undone");

    for round in 0..ROUNDS {
        let mut child = start(&sandbox);
        // Once it has begun its next fix, it is killed wherever it is.
        let known = entries(&sandbox);
        while entries(&sandbox) < known + 1 + round % 3 {
            assert!(child.try_wait().expect("it can be asked").is_none(), "it ended by itself");
            std::thread::yield_now();
        }
        child.kill().expect("it runs");
        child.wait().expect("it is dead");

        let recovery = recover(&sandbox.state, now()).expect("the journal can be read");
        assert_eq!(recovery.damaged, []);
        match recovery.interrupted.as_slice() {
            [] => {}
            [found] if round % 2 == 0 => {
                finish(&sandbox.state, found.entry.id, &NoPrograms, now()).expect("it can be finished");
                assert_eq!(sandbox.tree(), after);
            }
            [found] => {
                undo(&sandbox.state, found.entry.id, &NoPrograms, now()).expect("it can be undone");
                assert_eq!(sandbox.tree(), before);
            }
            more => panic!("one process has left {} interrupted fixes", more.len()),
        }
        let now = sandbox.tree();
        assert!(now == before || now == after, "{now:?}");
        if now == after {
            let newest = sandbox.entries().remove(0);
            sandbox.undo(newest.id).expect("it can be undone");
        }
        assert_eq!(sandbox.tree(), before);
    }
}

/// How many entries the journal has, those that are being written included.
fn entries(sandbox: &Sandbox) -> usize {
    fs::read_dir(sandbox.state.path().join("journal")).map_or(0, Iterator::count)
}
