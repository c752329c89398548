//! One fault and all that it explains: what is done about the cause clears
//! its effects in one recheck, and undo brings them back.

use serde_json::Value;

use super::network::{LIST, free_port, wait_for, with_modules};
use crate::Case;
use crate::machine::{Machine, Shell};
use crate::servers::ModuleServer;
use crate::tools::{BASH, BWRAP, NEW, TINYPROXY, program};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "one cause: a settings file from Windows", needs: &[BASH, NEW], run: settings_from_windows },
        Case { name: "one cause: a proxy that does not run", needs: &[BASH, BWRAP, TINYPROXY, NEW], run: dead_proxy },
    ]
}

/// What a full check finds: ids with the ids of their causes.
fn found(machine: &Machine, flags: &str) -> Vec<(String, Option<String>)> {
    let report = machine.gomedic_json(&format!("check {flags}"));
    let checks = report["checks"].as_array().cloned().unwrap_or_default();
    let findings = checks.iter().flat_map(|check| {
        let findings = check["findings"].as_array().into_iter().flatten();
        findings.map(|finding| (text(&check["id"]).unwrap_or_default(), text(&finding["caused_by"]["id"])))
    });
    findings.collect()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn effects<'a>(found: &'a [(String, Option<String>)], cause: &str) -> Vec<&'a str> {
    found.iter().filter(|(_, by)| by.as_deref() == Some(cause)).map(|(id, _)| id.as_str()).collect()
}

/// True when neither the cause nor what it explained is found any more.
#[track_caller]
fn assert_gone(machine: &Machine, flags: &str, cause: &str, effects: &[&str]) {
    let left: Vec<_> =
        found(machine, flags).into_iter().filter(|(id, _)| id == cause || effects.contains(&id.as_str())).collect();
    assert!(left.is_empty(), "still found: {left:?}");
}

fn settings_from_windows() {
    const ID: &str = "go-env-file-invalid";
    const BUILD: &str = "go build -o /dev/null .";
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let gopath = machine.home().join("go");
    let lines = ["GO111MODULE=on", "GOTOOLCHAIN=auto", "GOOS=linux", "GOARCH=amd64"].map(str::to_owned);
    let lines = lines.into_iter().chain([format!("GOPATH={}", gopath.display())]);
    machine.write(".config/go/env", lines.map(|line| format!("{line}\r\n")).collect::<String>());
    machine.terminal(BUILD).fails_with("unknown environment setting GO111MODULE");
    let before = found(&machine, "--offline");
    let spoilt = effects(&before, ID);
    assert_eq!(spoilt.len(), 5, "{before:?}");

    machine.gomedic(&format!("fix {ID} --offline --yes")).works();
    machine.terminal(BUILD).works();
    assert_gone(&machine, "--offline", ID, &spoilt);

    machine.gomedic("undo --yes").works();
    machine.terminal(BUILD).fails_with("unknown environment setting GO111MODULE");
    assert_eq!(found(&machine, "--offline"), before);
}

fn dead_proxy() {
    const ID: &str = "proxy-dead";
    let server = ModuleServer::start("example.com/dep", "v1.0.0");
    let machine = with_modules(Shell::Bash, "1.27.3", &server);
    let port = free_port();
    machine.append(".bashrc", &format!("export HTTP_PROXY=http://127.0.0.1:{port}\n"));
    machine.write(".gitconfig", format!("[http]\n\tproxy = http://127.0.0.1:{port}\n"));
    machine.terminal(LIST).fails_with("connect: connection refused");
    let before = found(&machine, "");
    let explained = effects(&before, ID);
    assert!(explained.contains(&"goproxy-unreachable") && explained.contains(&"git-proxy-dead"), "{before:?}");

    // What the finding says to do: bring the proxy back.
    let settings = format!("Port {port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 10\nAllow 127.0.0.1\n");
    machine.write("tinyproxy.conf", settings);
    let configuration = machine.home().join("tinyproxy.conf").display().to_string();
    let proxy = machine.background(&program("tinyproxy").expect("it is there"), &["-d", "-c", &configuration]);
    wait_for(port);
    machine.terminal(LIST).works();
    assert_gone(&machine, "", ID, &explained);
    drop(proxy);
}
