//! Files of the project, and go.mod files that lie in the wrong place.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, SystemTime};

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings, findings_with, has_finding};
use crate::tools::{BASH, GIT, MIDDLE, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "go-mod-stray: in GOPATH, Go 1.21", needs: &[BASH, OLD], run: gopath_stops },
        Case { name: "go-mod-stray: in GOPATH, Go 1.27", needs: &[ZSH, NEW], run: gopath_warns },
        Case { name: "go-mod-stray: above a repository", needs: &[BASH, GIT, MIDDLE], run: above },
        Case { name: "go-mod-stray: TMPDIR is the project", needs: &[BASH, NEW], run: temporary },
        Case { name: "module-in-gopath-src", needs: &[BASH, MIDDLE], run: gopath_source },
        Case { name: "future-mtime", needs: &[BASH, NEW], run: future },
        Case { name: "crlf-scripts", needs: &[BASH], run: crlf },
        Case { name: "crlf-scripts: git writes them", needs: &[BASH, GIT], run: autocrlf },
    ]
}

fn gopath_stops() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write("go/go.mod", "module kim\n\ngo 1.21\n");
    Proof { id: "go-mod-stray", command: "go build -o /dev/null .", says: "$GOPATH/go.mod exists but should not" }
        .run(&machine);
}

/// Later releases only warn, until a command needs to know its module.
fn gopath_warns() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    machine.write("go/go.mod", "module kim\n\ngo 1.27\n");
    machine.terminal("go build -o /dev/null .").works();
    Proof { id: "go-mod-stray", command: "go mod tidy", says: "go.mod file not found" }.run(&machine);
}

/// What it asks of Go holds for every file below.
fn above() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    fs::remove_file(machine.home().join("shop/go.mod")).expect("it can be removed");
    machine.terminal("git init -q .").works();
    machine.write("go.mod", "module kim\n\ngo 1.99\n");
    machine.write(".config/go/env", "GOTOOLCHAIN=local\n");
    Proof { id: "go-mod-stray", command: "go run main.go", says: "../go.mod requires go >= 1.99" }.run(&machine);
}

fn temporary() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".bashrc", "export TMPDIR=$HOME/shop\n");
    let says = "ignoring go.mod in system temp root";
    Proof { id: "go-mod-stray", command: "go build -o /dev/null .", says }.run(&machine);
}

/// The command that is shown to be copied is the one that helps.
fn gopath_source() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    let folder = "go/src/example.com/kim/old";
    machine.write(
        &format!("{folder}/main.go"),
        "package main\n\nimport \"example.com/kim/old/util\"\n\nfunc main() { util.Run() }\n",
    );
    machine.write(&format!("{folder}/util/util.go"), "package util\n\n// Run runs.\nfunc Run() {}\n");
    // What Go says of a missing go.mod depends on what lies around this
    // repository; that it uses none does not.
    let build = format!("cd ~/{folder} && {{ go build -o /dev/null . || {{ go env GOMOD; false; }}; }}");
    let flags = format!("--offline {}", machine.home().join(folder).display());
    let found = || findings_with(&machine, "module-in-gopath-src", &flags);

    machine.terminal(&build).fails_with("/dev/null\n");
    let shown = found();
    let command = shown[0]["fixes"][0]["steps"][0]["target"].as_str().expect("a command is shown").to_owned();
    machine.terminal(&command).works();
    machine.terminal(&build).works();
    assert!(found().is_empty(), "{:#?}", found());
}

/// A test that reads a file from the future is run anew each time.
fn future() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let test = "package main\n\nimport (\n\t\"os\"\n\t\"testing\"\n)\n\nfunc TestPrices(t *testing.T) {\n\tif _, err := os.ReadFile(\"testdata/prices.txt\"); err != nil {\n\t\tt.Fatal(err)\n\t}\n}\n";
    machine.write("shop/shop_test.go", test);
    machine.write("shop/testdata/prices.txt", "1\n");
    let files = ["shop/testdata/prices.txt", "shop/go.mod"].map(|name| machine.home().join(name));
    // An hour that no clock shows soon, with a fraction that undo must keep.
    let time = SystemTime::UNIX_EPOCH + Duration::new(4_000_000_000, 123_456_789);
    for file in &files {
        File::options().write(true).open(file).and_then(|file| file.set_modified(time)).expect("its time can be set");
    }
    let modified = || files.clone().map(|file| fs::metadata(file).and_then(|of| of.modified()).expect("it has a time"));
    let before = modified();
    let command = "go test . >/dev/null && go test . | grep '(cached)' || { GODEBUG=gocachetest=1 go test .; false; }";
    Proof { id: "future-mtime", command, says: "file used as input is too new" }.run(&machine);
    assert_eq!(modified(), before, "undo gives back the times, to the nanosecond");
}

fn crlf() {
    let machine = Machine::new(Shell::Bash);
    script(
        &machine,
        "shop/scripts/build.sh",
        "#!/usr/bin/env bash\r\nset -e\r\nif true; then\r\n  echo built\r\nfi\r\n",
    );
    Proof { id: "crlf-scripts", command: "./scripts/build.sh", says: "bash\\r" }.run(&machine);
}

/// git itself writes the line ends, and has no difference to show once they
/// are right.
fn autocrlf() {
    let machine = Machine::new(Shell::Bash);
    script(&machine, "shop/run.sh", "#!/bin/sh\necho run\n");
    machine.terminal("./run.sh").works();
    machine
        .terminal("git init -q . && git add . && git -c user.name=kim -c user.email=kim@localhost commit -qm One")
        .works();
    machine.terminal("git config core.autocrlf true && rm run.sh && git checkout -q run.sh").works();
    let source = |found: &serde_json::Value| found["evidence"].to_string();
    let found = findings(&machine, "crlf-scripts");
    assert!(found.iter().any(|found| source(found).contains("core.autocrlf")), "{found:#?}");
    Proof { id: "crlf-scripts", command: "./run.sh", says: "run.sh" }.run(&machine);

    machine.gomedic("fix crlf-scripts --offline --yes");
    assert!(!has_finding(&machine, "crlf-scripts"));
    machine.terminal("test -z \"$(git diff)\" && git add . && test -z \"$(git status --porcelain)\"").works();
}

fn script(machine: &Machine, name: &str, text: &str) {
    machine.write(name, text);
    fs::set_permissions(machine.home().join(name), Permissions::from_mode(0o755)).expect("it can be made executable");
}
