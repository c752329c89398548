//! The journal on disk: who can read it, and what damage to it does.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use gomedic::fix::{EntryId, Phase, UndoError, recover};
use gomedic::model::Step;

use crate::sandbox::{Sandbox, fix, now};

/// A home folder with one applied fix, and where its entry is.
fn applied() -> (Sandbox, EntryId, PathBuf) {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".netrc", "machine x password y\n");
    sandbox.chmod(".netrc", 0o600);
    let id = sandbox.applied(&fix([Step::WriteFile { path, content: "new\n".into(), mode: 0o600 }]));
    let folder = sandbox.state.path().join("journal").join(id.to_string());
    (sandbox, id, folder)
}

#[test]
fn nobody_else_can_read_it() {
    let (sandbox, _, folder) = applied();
    let mode = |path: PathBuf| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    for name in ["entry.json", "0.before", "0.after"] {
        assert_eq!(mode(folder.join(name)), 0o600, "{name}");
    }
    assert_eq!(mode(folder.clone()), 0o700);
    assert_eq!(mode(sandbox.state.path().to_owned()), 0o700);
    assert_eq!(fs::read(folder.join("0.before")).expect("it is there"), b"machine x password y\n");
}

#[test]
fn an_entry_can_be_read_by_people() {
    let (sandbox, _, folder) = applied();
    let text = fs::read_to_string(folder.join("entry.json")).expect("it is there");
    let home = sandbox.home.to_str().expect("UTF-8").to_owned();
    insta::with_settings!({filters => vec![(r#""([ug])id": \d+"#, r#""${1}id": 0"#)]}, {
        insta::assert_snapshot!(text.replace(&home, "/home/kim"), @r#"
        {
          "schema": "gomedic-journal/1",
          "id": "20261121T101502-1",
          "check": "goroot-dangling",
          "key": "session:/opt/go",
          "title": "Mend it",
          "awaits": null,
          "when": "2026-11-21T10:15:02Z",
          "phase": "applied",
          "acts": [
            {
              "act": "change",
              "path": "/home/kim/.netrc",
              "target": "/home/kim/.netrc",
              "before": {
                "is": "file",
                "content": {
                  "file": "0.before",
                  "bytes": 21,
                  "sum": "73acb15fd49b73f2"
                },
                "mode": "0600",
                "owner": {
                  "uid": 0,
                  "gid": 0
                }
              },
              "after": {
                "is": "file",
                "content": {
                  "file": "0.after",
                  "bytes": 4,
                  "sum": "e54954baa03a5941"
                },
                "mode": "0600",
                "owner": {
                  "uid": 0,
                  "gid": 0
                }
              },
              "progress": "planned"
            }
          ]
        }
        "#);
    });
}

#[test]
fn ids_of_one_second_are_counted() {
    let sandbox = Sandbox::new();
    let ids: Vec<String> = (0..3)
        .map(|n| {
            let path = sandbox.path(&n.to_string());
            sandbox.applied(&fix([Step::CreateFolder { path, mode: 0o755 }])).to_string()
        })
        .collect();
    assert_eq!(ids, ["20261121T101502-1", "20261121T101502-2", "20261121T101502-3"]);
    let listed: Vec<String> = sandbox.entries().iter().map(|entry| entry.id.to_string()).collect();
    assert_eq!(listed, ["20261121T101502-3", "20261121T101502-2", "20261121T101502-1"]);
}

#[test]
fn damage_is_told_and_stops_nothing_else() {
    type Damage = fn(&PathBuf);
    let damages: [(&str, Damage); 7] = [
        ("entry.json", |folder| fs::remove_file(folder.join("entry.json")).expect("it is there")),
        ("entry.json", |folder| fs::write(folder.join("entry.json"), "{").expect("it is there")),
        ("entry.json", |folder| fs::write(folder.join("entry.json"), [0xff; 64]).expect("it is there")),
        ("too large", |folder| fs::write(folder.join("entry.json"), vec![b' '; 2 << 20]).expect("it is there")),
        ("the form", |folder| edit(folder, "gomedic-journal/1", "gomedic-journal/9")),
        ("it says it is", |folder| edit(folder, "T101502-1", "T101502-7")),
        ("permission bits", |folder| edit(folder, "\"0600\"", "\"99\"")),
    ];
    for (told, damage) in damages {
        let (sandbox, id, folder) = applied();
        let other = sandbox.applied(&fix([Step::CreateFolder { path: sandbox.path("x"), mode: 0o755 }]));
        damage(&folder);
        let history = sandbox.state.history().expect("the journal can be read");
        assert_eq!(history.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [other]);
        assert_eq!(history.damaged.len(), 1, "{told}");
        assert_eq!(history.damaged[0].id, id);
        let why = history.damaged[0].why.replace("larger than", "too large: larger than");
        assert!(why.contains(told), "{told}: {why}");
        assert!(matches!(sandbox.undo(id), Err(UndoError::Journal(_))));
        assert_eq!(recover(&sandbox.state, now()).expect("it goes on").damaged.len(), 1);
        sandbox.undo(other).expect("the other entry is whole");
    }
}

#[test]
fn a_damaged_content_is_never_written_back() {
    type Damage = fn(&PathBuf);
    let damages: [Damage; 6] = [
        |folder| fs::remove_file(folder.join("0.before")).expect("it is there"),
        |folder| fs::write(folder.join("0.before"), "machine x").expect("it is there"),
        |folder| fs::write(folder.join("0.before"), "machine x password z\n").expect("it is there"),
        |folder| fs::write(folder.join("0.before"), "machine x password y\n\n").expect("it is there"),
        |folder| edit(folder, "0.before", "../../../../home/.netrc"),
        |folder| {
            fs::remove_file(folder.join("0.before")).expect("it is there");
            std::os::unix::fs::symlink("/etc/passwd", folder.join("0.before")).expect("a link can be made");
        },
    ];
    for damage in damages {
        let (sandbox, id, folder) = applied();
        damage(&folder);
        let before = sandbox.tree();
        let error = sandbox.undo(id).expect_err("it is damaged").to_string();
        assert!(error.starts_with("journal entry 20261121T101502-1 is damaged: "), "{error}");
        assert_eq!(sandbox.tree(), before);
        assert_eq!(sandbox.entries()[0].phase, Phase::Applied);
    }
}

#[test]
fn what_is_no_entry_is_passed_over() {
    let (sandbox, _, folder) = applied();
    let journal = folder.parent().expect("it lies in the journal");
    fs::write(journal.join("notes.txt"), "mine").expect("a file can be written");
    fs::create_dir(journal.join("20261121T101502-9.new")).expect("a folder can be made");
    assert_eq!(sandbox.entries().len(), 1);
    recover(&sandbox.state, now()).expect("the journal can be read");
    assert!(!journal.join("20261121T101502-9.new").exists(), "leftovers are swept");
    assert!(journal.join("notes.txt").exists(), "what is not ours stays");
}

fn edit(folder: &std::path::Path, from: &str, to: &str) {
    let path = folder.join("entry.json");
    let text = fs::read_to_string(&path).expect("it is there");
    assert!(text.contains(from), "{from} is not in {text}");
    fs::write(path, text.replacen(from, to, 1)).expect("it can be written");
}
