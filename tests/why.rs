//! `gomedic why`: where a value comes from, on recorded machines.

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// A machine with goenv's shims; the project asks for another Go than the
/// default.
const SHIMS: &str = r##"# goenv

```toml
[machine]
user = "ann"
home = "/home/ann"
shell = "/bin/bash"
folder = "/home/ann/shop"

[environment.all]
HOME = "/home/ann"
PATH = "/home/ann/.goenv/shims:/usr/bin"

[files]
"~/.profile" = "export PATH=$HOME/.goenv/shims:$PATH\n"
"~/.goenv/version" = "1.26.6\n"
"~/shop/.go-version" = "1.25.5\n"

[binaries."~/.goenv/shims/go"]
format = "script"

[[go]]
root = "~/.goenv/versions/1.26.6"
version = "go1.26.6"

[[go]]
root = "~/.goenv/versions/1.25.5"
version = "go1.25.5"
```
"##;

/// A machine on which two files fight over GOPATH, and a `go env -w` loses.
const FIGHT: &str = r##"# A GOPATH that is set twice

```toml
[machine]
user = "ann"
home = "/home/ann"
shell = "/bin/bash"
folder = "/home/ann/shop"

[environment.all]
HOME = "/home/ann"
PATH = "/usr/local/go/bin:/usr/bin"

[environment.login]
GOPATH = "/home/ann/go"

[environment.interactive]
GOPATH = "/data/go"
MY_TOKEN = "s3cret"

[environment.session]
GOPATH = "/elsewhere"

[files]
"~/.profile" = "export GOPATH=$HOME/go\n. ~/.bashrc\n"
"~/.bashrc" = "# mine\nuse_data() { export GOPATH=/data/go; }\nuse_data\nexport MY_TOKEN=s3cret\n"
"~/.config/go/env" = "GOPROXY=direct\nGOPATH=/file\n"

[[go]]
root = "/usr/local/go"
version = "go1.26.6"
TRACE```
"##;

const TRACED: &str = r##"
[[trace]]
context = "login"
name = "PATH"
value = "/usr/local/go/bin:/usr/bin"
file = "/etc/profile.d/go.sh"
line = 2
command = "PATH=/usr/local/go/bin:/usr/bin"

[[trace]]
context = "login"
name = "GOPATH"
value = "/home/ann/go"
file = "~/.profile"
line = 1
command = "GOPATH=/home/ann/go"

[[trace]]
context = "interactive"
name = "GOPATH"
value = "/data/go"
file = "~/.bashrc"
line = 3
command = "use_data"

[[trace]]
context = "interactive"
name = "MY_TOKEN"
value = "s3cret"
file = "~/.bashrc"
line = 4
command = "MY_TOKEN=s3cret"
"##;

fn why(trace: &str, arguments: &[&str]) -> Output {
    why_on(&FIGHT.replace("TRACE", trace), arguments)
}

fn why_on(machine: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("machine.md");
    std::fs::write(&file, machine).expect("it can be written");
    let mut command = Command::cargo_bin("gomedic").expect("the binary is built");
    command.env_clear().env("HOME", folder.path()).arg("why").args(arguments).arg("--machine").arg(&file);
    command.output().expect("it can be started")
}

fn text(trace: &str, name: &str) -> String {
    let output = why(trace, &[name]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

fn json(name: &str) -> Value {
    serde_json::from_slice(&why(TRACED, &[name, "--format", "json"]).stdout).expect("it is JSON")
}

#[test]
fn a_variable_is_told_with_every_line_that_set_it() {
    insta::assert_snapshot!(text(TRACED, "GOPATH"));
}

#[test]
fn without_a_trace_the_text_of_the_files_must_do_and_is_not_certain() {
    insta::assert_snapshot!(text("", "GOPATH"));
}

#[test]
fn a_command_is_told_with_every_file_that_it_may_stand_for() {
    insta::assert_snapshot!(text(TRACED, "go"));
}

#[test]
fn an_entry_of_path_is_told_with_the_line_that_put_it_there() {
    insta::assert_snapshot!(text(TRACED, "PATH:/usr/local/go/bin"));
}

#[test]
fn a_secret_is_not_told() {
    let told = text(TRACED, "MY_TOKEN");
    assert!(!told.contains("s3cret") && told.contains("~/.bashrc:4") && told.contains("xxxxx"), "{told}");
    assert!(!json("MY_TOKEN").to_string().contains("s3cret"));
}

#[test]
fn what_nobody_has_exits_with_1() {
    let output = why(TRACED, &["GOAUTH"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("is not set in any context"));
}

#[test]
fn json_has_the_promised_form() {
    let told = json("GOPATH");
    assert_eq!(told["schema"], "gomedic/1");
    assert_eq!(told["name"], "GOPATH");
    let contexts = told["contexts"].as_array().expect("a list");
    let terminal = contexts.iter().find(|row| row["context"] == "interactive").expect("it is there");
    assert_eq!((terminal["value"].as_str(), terminal["certain"].as_bool()), (Some("/data/go"), Some(true)));
    let wins = |writer: &&Value| writer["wins"] == true;
    let winner = terminal["writers"].as_array().expect("a list").iter().find(wins).expect("one wins");
    assert_eq!((winner["source"].as_str(), winner["value"].as_str()), (Some("~/.bashrc:3"), Some("/data/go")));
    let levels: Vec<_> = told["go"].as_array().expect("a list").iter().map(|level| level["origin"].clone()).collect();
    assert_eq!(levels, ["os", "file", "goroot", "default"]);

    let told = json("go");
    let candidate = &told["candidates"][0];
    for field in ["path", "version", "arch", "owner", "from"] {
        assert!(candidate[field].is_string(), "{field} of {candidate}");
    }
}

#[test]
fn a_shim_is_told_with_its_manager_and_the_go_that_it_runs() {
    let output = why_on(SHIMS, &["go", "--format", "json"]);
    let told: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let candidate = &told["candidates"][0];
    assert_eq!(candidate["owner"], "goenv", "{told:#}");
    assert_eq!(candidate["version"], "go1.25.5", "{told:#}");
}
