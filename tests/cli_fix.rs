//! `fix`, `undo` and `history` from outside, on a home folder with a real
//! fault: a login file that sets GOROOT to a folder that is not there.
#![cfg(unix)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;
use tempfile::TempDir;

const ID: &str = "goroot-dangling";
const PROFILE: &str = "# mine\nexport GOROOT=/nonexistent/go\nexport EDITOR=vi\n";
const RECORDED: &str = "assets/machines/onboarding.md";

/// A home folder whose login shell is plain sh.
struct Home(TempDir);

impl Home {
    fn broken() -> Self {
        let home = Home(TempDir::new().expect("a temporary folder can be made"));
        fs::write(home.profile(), PROFILE).expect("a file can be written");
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn profile(&self) -> PathBuf {
        self.path().join(".profile")
    }

    fn read(&self) -> String {
        fs::read_to_string(self.profile()).expect("the file can be read")
    }

    fn variables(&self) -> [(&'static str, String); 5] {
        let home = self.path().to_str().expect("it is UTF-8").to_owned();
        [
            ("HOME", home),
            ("PATH", "/usr/bin:/bin".into()),
            ("SHELL", "/bin/sh".into()),
            ("TERM", "xterm".into()),
            ("USER", "kim".into()),
        ]
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::cargo_bin("gomedic").expect("the binary is built");
        command.env_clear().envs(self.variables()).current_dir(self.path()).args(arguments.split_whitespace());
        command
    }

    fn gomedic(&self, arguments: &str) -> Output {
        self.command(arguments).output().expect("it can be started")
    }

    fn json(&self, arguments: &str) -> Value {
        let output = self.gomedic(arguments);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&output)))
    }

    /// The entries that `history` lists.
    fn entries(&self) -> Vec<Value> {
        self.json("history --format json")["entries"].as_array().expect("entries are a list").clone()
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_fix_is_applied_proven_listed_and_taken_back() {
    let home = Home::broken();
    let fixed = home.json(&format!("fix {ID} --yes --offline --format json"));
    assert_eq!(fixed["schema"], "gomedic/1");
    let fix = &fixed["fixes"][0];
    for (field, value) in [("id", ID), ("outcome", "resolved"), ("class", "safe")] {
        assert_eq!(fix[field], value, "{fixed:#}");
    }
    assert!(fix["key"].is_string() && fix["title"].is_string() && fix["detail"].is_null(), "{fixed:#}");
    assert!(fix["steps"][0]["diff"].as_str().is_some_and(|diff| diff.contains("-export GOROOT=/nonexistent/go")));
    assert!(home.read().contains("\n# export GOROOT=/nonexistent/go  # gomedic: "), "{}", home.read());

    let entries = home.entries();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["id"], fix["journal"]);
    assert_eq!(entries[0]["state"], "applied");

    let again = home.gomedic(&format!("fix {ID} --yes --offline"));
    assert_eq!(again.status.code(), Some(0), "{}", text(&again));
    assert_eq!(home.entries().len(), 1, "what is right is not fixed again");

    let undone = home.gomedic("undo");
    assert_eq!(undone.status.code(), Some(0), "{}", text(&undone));
    assert_eq!(home.read(), PROFILE);
    assert_eq!(home.entries()[0]["state"], "undone");
    assert_eq!(home.gomedic("undo").status.code(), Some(1), "there is nothing left");
}

#[test]
fn without_a_yes_nothing_is_changed() {
    let declined = "declined";
    let shown = "only shown; nothing was changed";
    for (arguments, told) in
        [("fix --offline", declined), ("fix goroot-dangling --offline", declined), ("fix --offline --dry-run", shown)]
    {
        let home = Home::broken();
        let output = home.gomedic(arguments);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        assert!(text(&output).contains("-export GOROOT=/nonexistent/go"), "{}", text(&output));
        assert!(text(&output).contains(told), "{}", text(&output));
        assert_eq!(home.read(), PROFILE);
        let left: Vec<_> = fs::read_dir(home.path()).expect("it is there").map(Result::unwrap).collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}

#[test]
fn what_a_running_session_still_sees_is_pending() {
    let home = Home::broken();
    let arguments = format!("fix {ID} --yes --offline --format json");
    let output = home.command(&arguments).env("GOROOT", "/nonexistent/go").output().expect("it can be started");
    let fixed: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(fixed["fixes"][0]["outcome"], "pending", "{fixed:#}");
    assert_eq!(fixed["fixes"][0]["detail"], "waits for a new shell");
    assert_eq!(output.status.code(), Some(1), "it is still seen here");
}

#[test]
fn undo_shows_what_is_in_the_way() {
    let home = Home::broken();
    assert_eq!(home.gomedic("fix --yes --offline").status.code(), Some(0));
    let edited = format!("{}alias g=go\n", home.read());
    fs::write(home.profile(), &edited).expect("a file can be written");
    let refused = home.gomedic("undo");
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused).contains("~/.profile has changed since the fix"), "{}", text(&refused));
    assert!(text(&refused).contains("+alias g=go"), "{}", text(&refused));
    assert_eq!(home.read(), edited);
}

#[test]
fn what_was_interrupted_is_told_at_the_next_start() {
    let home = Home::broken();
    let id = home.json("fix --yes --offline --format json")["fixes"][0]["journal"].clone();
    let id = id.as_str().expect("it was applied");
    let entry = home.path().join(".local/state/gomedic/journal").join(id).join("entry.json");
    // As it stands while a fix is applied.
    let intended = fs::read_to_string(&entry).expect("it is there").replace("\"applied\"", "\"intended\"");
    fs::write(&entry, intended).expect("a file can be written");
    let told = home.gomedic("history");
    assert!(text(&told).contains("was interrupted when all was done: it is applied"), "{}", text(&told));
    assert_eq!(home.entries()[0]["state"], "applied");
}

#[test]
fn a_damaged_journal_stops_nothing() {
    let home = Home::broken();
    let journal = home.path().join(".local/state/gomedic/journal/20260101T000000-1");
    fs::create_dir_all(&journal).expect("a folder can be made");
    fs::write(journal.join("entry.json"), "{").expect("a file can be written");
    let output = home.gomedic("fix --yes --offline");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("Journal entry 20260101T000000-1 is damaged"), "{}", text(&output));
    assert_eq!(home.json("history --format json")["damaged"][0]["id"], "20260101T000000-1");
    assert_eq!(home.gomedic("undo").status.code(), Some(0));
    assert_eq!(home.read(), PROFILE);
}

#[test]
fn a_recorded_machine_is_only_shown() {
    let home = Home::broken();
    let machine = fs::canonicalize(RECORDED).expect("it is there");
    let machine = machine.to_str().expect("it is UTF-8");
    let shown = home.json(&format!("fix --yes --format json --machine {machine}"));
    let fixes = shown["fixes"].as_array().expect("fixes are a list");
    assert!(!fixes.is_empty());
    for fix in fixes {
        assert_eq!(fix["outcome"], "declined", "{fix:#}");
    }
    assert_eq!(home.gomedic(&format!("undo --machine {machine}")).status.code(), Some(2));
    assert!(!home.path().join(".local").exists());
}

#[test]
fn bad_usage_exits_with_2_and_suggests() {
    let home = Home::broken();
    let output = home.gomedic("fix goroot-dangeling");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("did you mean 'goroot-dangling'?"), "{}", text(&output));
    for arguments in
        ["fix goroot-dangling --skip go", "undo yesterday", "undo 20200101T000000-1", "fix --yes --dry-run"]
    {
        assert_eq!(home.gomedic(arguments).status.code(), Some(2), "{arguments}");
    }
}

#[test]
fn on_a_terminal_it_asks() {
    for (answer, applied) in [("y\n", true), ("\n", false), ("\u{4}", false)] {
        let home = Home::broken();
        let pty = native_pty_system().openpty(PtySize::default()).expect("a terminal can be had");
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin("gomedic"));
        command.args(["fix", "--offline", "--color", "never"]);
        command.cwd(home.path());
        command.env_clear();
        for (name, value) in home.variables() {
            command.env(name, value);
        }
        let mut child = pty.slave.spawn_command(command).expect("it can be started");
        drop(pty.slave);
        let mut screen = pty.master.try_clone_reader().expect("the terminal can be read");
        let mut keys = pty.master.take_writer().expect("the terminal can be typed on");
        let mut seen = String::new();
        let mut byte = [0];
        while screen.read(&mut byte).is_ok_and(|n| n == 1) {
            seen.push(char::from(byte[0]));
            if seen.ends_with("[q]uit: ") {
                keys.write_all(answer.as_bytes()).expect("it waits for an answer");
            }
        }
        let status = child.wait().expect("it ends");
        assert_eq!(status.success(), applied, "{seen}");
        assert_eq!(home.read() != PROFILE, applied, "{seen}");
    }
}
