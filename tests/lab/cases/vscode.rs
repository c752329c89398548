//! What VS Code runs: its Go extension, and Delve from its configurations.
//!
//! VS Code itself does not run here. Its files are those that it writes, and
//! its command is a script that does to them what the real one does.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, BWRAP, DELVE, OLD, SS, ZSH};

use super::network::free_port;

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "vscode-extension-old", needs: &[BASH], run: extension_old },
        Case { name: "vscode-extension-old: no command", needs: &[ZSH], run: extension_old_by_hand },
        Case { name: "dlv-listens-everywhere: a task", needs: &[BASH, BWRAP, DELVE, SS, OLD], run: delve_as_task },
        Case { name: "dlv-listens-everywhere: a launch", needs: &[BASH, BWRAP, DELVE, SS, OLD], run: delve_as_launch },
    ]
}

/// Puts an extension where VS Code has them.
const INSTALL: &str = r#"#!/bin/bash
# code --install-extension ID --force, code --list-extensions --show-versions
folder=~/.vscode/extensions
case $1 in
--install-extension)
    mkdir -p "$folder/$2-0.52.2"
    echo '{"name":"go","publisher":"golang","version":"0.52.2"}' >"$folder/$2-0.52.2/package.json"
    echo '[{"identifier":{"id":"'"$2"'"},"version":"0.52.2","relativeLocation":"'"$2"'-0.52.2"}]' >"$folder/extensions.json"
    ;;
--list-extensions)
    sed -n 's/.*"id":"\([^"]*\)".*"version":"\([^"]*\)".*/\1@\2/p' "$folder/extensions.json"
    ;;
esac
"#;

fn with_old_extension(shell: Shell) -> Machine {
    let machine = Machine::new(shell);
    let folder = ".vscode/extensions";
    let package = "{\"name\":\"go\",\"publisher\":\"golang\",\"version\":\"0.51.1\"}\n";
    machine.write(&format!("{folder}/golang.go-0.51.1/package.json"), package);
    let list =
        "[{\"identifier\":{\"id\":\"golang.go\"},\"version\":\"0.51.1\",\"relativeLocation\":\"golang.go-0.51.1\"}]\n";
    machine.write(&format!("{folder}/extensions.json"), list);
    machine
}

fn extension_old() {
    let machine = with_old_extension(Shell::Bash);
    machine.write("bin/code", INSTALL);
    let code = machine.home().join("bin/code");
    fs::set_permissions(code, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
    machine.append(".profile", "export PATH=$PATH:$HOME/bin\n");
    let command = "code --list-extensions --show-versions; code --list-extensions --show-versions | grep -q '@0.52'";
    Proof { id: "vscode-extension-old", command, says: "golang.go@0.51.1" }.run_for_good(&machine);
}

/// Without VS Code's command on PATH, a window of it does the update.
fn extension_old_by_hand() {
    let machine = with_old_extension(Shell::Zsh);
    let found = findings(&machine, "vscode-extension-old");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["fixes"][0]["class"], "manual");
    machine.write("install", INSTALL);
    machine.terminal("bash ~/install --install-extension golang.go --force").works();
    assert_eq!(findings(&machine, "vscode-extension-old").len(), 0);
}

/// Starts a real Delve as a server on `$listen`, and looks in the kernel's
/// list whether others than this machine can reach it. Debian's Delve is older
/// than Go here: by itself it would listen, look at the version and leave.
fn served(listen: &str, port: u16) -> String {
    format!(
        "listen={listen}; log=$(mktemp); go build -o ~/shop.bin . && {{ dlv exec --headless --accept-multiclient \
         --check-go-version=false --listen=\"$listen\" ~/shop.bin >$log 2>&1 </dev/null & delve=$!; \
         timeout 20 sh -c 'until ss -Hltn \"sport = :{port}\" | grep .; do sleep 0.05; done' || cat $log; \
         seen=$(ss -Hltn 'sport = :{port}'); kill -TERM $delve; wait $delve; rm $log; \
         case $seen in *127.0.0.1:{port}*) ;; *) false ;; esac; }}"
    )
}

/// What `ss` prints for a Go program on 0.0.0.0: all addresses, IPv6 too.
fn everywhere(port: u16) -> String {
    format!("*:{port} ")
}

/// Inside a container nothing is said: only from there can it be reached.
fn with_delve() -> Machine {
    let machine = Machine::with_go(Shell::Bash, "1.21.13").outside_containers();
    machine.write(
        ".vscode/extensions/extensions.json",
        "[{\"identifier\":{\"id\":\"golang.go\"},\"version\":\"0.52.2\"}]\n",
    );
    machine
}

fn delve_as_task() {
    let machine = with_delve();
    let port = free_port();
    let tasks = format!(
        "{{\n  \"version\": \"2.0.0\",\n  // for the phone\n  \"tasks\": [\n    {{\n      \"label\": \"debug\",\n      \
         \"command\": \"dlv\",\n      \"args\": [\"exec\", \"--headless\", \"--listen=0.0.0.0:{port}\", \"shop\"],\n    }},\n  ],\n}}\n"
    );
    machine.write("shop/.vscode/tasks.json", tasks);
    let command = served("$(sed -n 's/.*\"--listen=\\([^\"]*\\)\".*/\\1/p' .vscode/tasks.json)", port);
    let says = everywhere(port);
    Proof { id: "dlv-listens-everywhere", command: &command, says: &says }.run(&machine);
}

/// The extension puts the host of a configuration before a free port.
fn delve_as_launch() {
    let machine = with_delve();
    let port = free_port();
    machine.write("shop/.vscode/launch.json", "{\r\n\t\"version\": \"0.2.0\",\r\n\t\"configurations\": [\r\n\t\t{\r\n\t\t\t\"name\": \"shop\",\r\n\t\t\t\"type\": \"go\",\r\n\t\t\t\"request\": \"launch\",\r\n\t\t\t\"host\": \"0.0.0.0\"\r\n\t\t}\r\n\t]\r\n}");
    let command =
        served(&format!("$(sed -n 's/.*\"host\": \"\\([^\"]*\\)\".*/\\1/p' .vscode/launch.json):{port}"), port);
    let says = everywhere(port);
    Proof { id: "dlv-listens-everywhere", command: &command, says: &says }.run(&machine);
}
