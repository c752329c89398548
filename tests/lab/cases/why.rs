//! `gomedic why`: what it tells is what real shells do.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::tools::{BASH, FISH, NEW, OLD, ROOT, ZSH};
use serde_json::Value;

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "why in bash", needs: &[BASH, NEW], run: || the_winner(Shell::Bash) },
        Case { name: "why in zsh", needs: &[ZSH, NEW], run: || the_winner(Shell::Zsh) },
        Case { name: "why in fish", needs: &[FISH, NEW], run: || the_winner(Shell::Fish) },
        Case { name: "why in sh", needs: &[NEW], run: || the_winner(Shell::Sh) },
        Case { name: "why in bash as an ordinary user", needs: &[BASH, ROOT], run: an_ordinary_user },
        Case { name: "why of a command", needs: &[BASH, NEW, OLD], run: a_command },
    ]
}

/// The value of a new terminal, with the writer that wins.
fn told(machine: &Machine, name: &str) -> (Value, Value) {
    let told = machine.gomedic_json(&format!("why {name}"));
    let contexts = told["contexts"].as_array().expect("contexts are a list");
    let row = contexts.iter().find(|row| row["context"] == "interactive").expect("a terminal has a row").clone();
    let writers = row["writers"].as_array().expect("writers are a list");
    let winner = writers.iter().find(|writer| writer["wins"] == true).cloned().unwrap_or_default();
    (row, winner)
}

/// The line that wins is the one without which the value is another.
fn the_winner(shell: Shell) {
    let machine = Machine::with_go(shell, "1.27.3");
    let rc = if shell == Shell::Sh { shell.profile() } else { shell.rc() };
    machine.append(rc, &shell.export_line("GOPATH", "/first"));
    machine.append(rc, &shell.export_line("GOFLAGS", "-v"));
    machine.write("lib/last.sh", shell.export_line("GOPATH", "/last"));
    machine.append(rc, ". ~/lib/last.sh\n");
    assert_eq!(machine.terminal("go env GOPATH").works().stdout.trim(), "/last");

    let (row, winner) = told(&machine, "GOPATH");
    assert_eq!(row["value"], "/last");
    assert_eq!(winner["source"], "~/lib/last.sh:1", "{row}");
    assert_eq!(row["certain"], true, "{row}");

    machine.write("lib/last.sh", "\n");
    assert_eq!(machine.terminal("go env GOPATH").works().stdout.trim(), "/first");
    let (row, winner) = told(&machine, "GOPATH");
    let lines = std::fs::read_to_string(machine.home().join(rc)).expect("the rc file is there");
    let line = lines.lines().position(|line| line.contains("/first")).expect("the line is there") + 1;
    assert_eq!(winner["source"], format!("~/{rc}:{line}"), "{row}");
}

/// The first candidate is the one that runs.
fn a_command() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let old = machine.add_go("1.21.13");
    machine.append(".bashrc", &format!("add() {{ PATH=\"$1:$PATH\"; }}\nadd {}/bin\n", old.display()));
    machine.terminal("go version").works();
    let runs = machine.terminal("command -v go").works().stdout.trim().to_owned();
    let told = machine.gomedic_json("why go");
    let first = &told["candidates"].as_array().expect("candidates are a list")[0];
    assert_eq!(first["version"], "go1.21.13", "{told}");
    assert_eq!(first["path"], runs.as_str());
    let line = std::fs::read_to_string(machine.home().join(".bashrc")).expect("it is there").lines().count();
    assert_eq!(first["from"], format!("~/.bashrc:{line}"), "{told}");
}

/// bash tells root and others in two different ways.
fn an_ordinary_user() {
    let machine = Machine::new(Shell::Bash);
    machine.write("lib/go.sh", "export GOPATH=/from/lib\n");
    machine.append(".bashrc", "load() { . \"$HOME/lib/$1\"; }\nload go.sh\nunset -f load\n");
    machine.append(".profile", ". ~/.bashrc\n");
    std::fs::copy(env!("CARGO_BIN_EXE_gomedic"), machine.home().join("gomedic")).expect("a program can be copied");
    // The folders on the way to the machine may be closed to others.
    let place = tempfile::Builder::new().prefix("gomedic-lab").tempdir_in("/tmp").expect("a folder");
    let home = place.path().join("home");
    let user = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    let script = format!(
        "cp -r \"$HOME\" {home} && chown -R 65534:65534 {place} && \
         {user} env HOME={home} SHELL=/bin/bash {home}/gomedic why GOPATH --format json",
        home = home.display(),
        place = place.path().display(),
    );
    let said = machine.terminal(&script);
    let told: Value = serde_json::from_str(&said.works().stdout).expect("it is JSON");
    let rows = told["contexts"].as_array().expect("contexts are a list");
    let terminal = rows.iter().find(|row| row["context"] == "interactive").expect("a terminal has a row");
    let writers = terminal["writers"].as_array().expect("writers are a list");
    assert_eq!((terminal["value"].as_str(), terminal["certain"].as_bool()), (Some("/from/lib"), Some(true)), "{told}");
    assert_eq!(writers.last().expect("one wrote it")["source"], "~/lib/go.sh:1", "{told}");
}
