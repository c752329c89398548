//! gopls, Delve, VS Code.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings, has_finding};
use crate::servers::ModuleServer;
use crate::tools::{BASH, BWRAP, DELVE, MIDDLE, NEW, OLD, STRACE};

use super::network::{LIST, with_modules};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "vscode-goroot-stale", needs: &[BASH, NEW], run: vscode_goroot },
        Case { name: "vscode-http-proxy", needs: &[BASH, BWRAP, NEW], run: vscode_http_proxy },
        Case { name: "vscode-env-overrides", needs: &[BASH, MIDDLE, NEW], run: vscode_env_overrides },
        Case { name: "remote-server-stale", needs: &[BASH, NEW], run: remote_server_stale },
        Case { name: "ptrace-container: a filter", needs: &[BASH, BWRAP, DELVE, STRACE, OLD], run: ptrace_filtered },
        Case { name: "ptrace-container: a tracer", needs: &[BASH, DELVE, STRACE, OLD], run: ptrace_traced },
        Case { name: "dlv-stale: Debian's Delve under Go 1.27", needs: &[BASH, DELVE, NEW], run: dlv_stale },
    ]
}

/// Comments, trailing commas and the order of the settings stay.
fn vscode_goroot() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let settings =
        "{\n  // the old laptop\n  \"go.goroot\": \"/usr/local/go1.18\",\n  \"editor.fontSize\": 13, // large\n}\n";
    machine.write(".config/Code/User/settings.json", settings);
    machine.write(
        ".vscode/extensions/extensions.json",
        "[{\"identifier\":{\"id\":\"golang.go\"},\"version\":\"0.52.2\"}]\n",
    );
    let command = "root=$(sed -n 's/.*\"go.goroot\": *\"\\([^\"]*\\)\".*/\\1/p' ~/.config/Code/User/settings.json); ls -d ${root:-/}";
    Proof { id: "vscode-goroot-stale", command, says: "/usr/local/go1.18" }.run(&machine);
}

/// The list of VS Code's extensions, with the Go extension.
const EXTENSIONS: &str = "[{\"identifier\":{\"id\":\"golang.go\"},\"version\":\"0.52.2\"}]\n";

const USER: &str = ".config/Code/User/settings.json";

/// What the extension does for each of its tools, done by the shell.
fn as_extension(setting: &str, variable: &str, command: &str) -> String {
    let value = format!("V=$(sed -n 's/.*\"{setting}\": *\"\\([^\"]*\\)\".*/\\1/p' ~/{USER})");
    format!("{value}; [ -z \"$V\" ] || export {variable}=$V; {command}")
}

fn vscode_http_proxy() {
    let server = ModuleServer::start("example.com/dep", "v1.0.0");
    let machine = with_modules(Shell::Bash, "1.27.3", &server);
    machine.write(".vscode/extensions/extensions.json", EXTENSIONS);
    // Nothing listens on port 1.
    machine.write(USER, "{\n\t// vpn\n\t\"http.proxy\": \"http://127.0.0.1:1\",\n\t\"editor.fontSize\": 13\n}\n");
    let command = as_extension("http.proxy", "HTTP_PROXY", LIST);
    Proof { id: "vscode-http-proxy", command: &command, says: "connect: connection refused" }.run(&machine);
}

fn vscode_env_overrides() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let other = machine.add_go("1.24.11");
    machine.write(".vscode/extensions/extensions.json", EXTENSIONS);
    let settings =
        format!("{{\n  \"go.toolsEnvVars\": {{ \"GOROOT\": \"{}\", \"EDITOR\": \"vi\" }}\n}}\n", other.display());
    machine.write(USER, settings);
    let command = as_extension("GOROOT", "GOROOT", "go build -o /dev/null .");
    Proof { id: "vscode-env-overrides", command: &command, says: "does not match go tool version" }.run(&machine);
}

/// A process that looks like the one in which a server of VS Code runs its
/// extensions, from before Go came to PATH.
fn remote_server_stale() {
    let machine = Machine::new(Shell::Bash);
    let root = machine.add_go("1.27.3");
    machine.write(".vscode-server/extensions/extensions.json", EXTENSIONS);
    machine.link_to(Path::new("/bin/bash"), ".vscode-server/node");
    let node = machine.home().join(".vscode-server/node");
    let server = machine.background(&node, &["-c", "sleep 600; true", "--type=extensionHost"]);
    machine.terminal("go version").fails_with("go: command not found");
    assert!(!has_finding(&machine, "remote-server-stale"));

    machine.append(".profile", &Shell::Bash.path_line(&format!("{}/bin", root.display())));
    let profile = fs::File::options().append(true).open(machine.home().join(".profile")).expect("it was written");
    profile.set_modified(SystemTime::now() + Duration::from_secs(60)).expect("a time can be set");
    machine.terminal("go version").works();
    assert!(has_finding(&machine, "remote-server-stale"), "{}", machine.gomedic("check --offline").stdout);
    drop(server);
    assert!(!has_finding(&machine, "remote-server-stale"));
}

/// A Delve that starts a program.
const DEBUG: &str = "go build -o $HOME/shop.bin . && echo quit | timeout 20 dlv exec --allow-non-terminal-interactive=true --check-go-version=false $HOME/shop.bin";

fn ptrace_filtered() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write("filter", seccomp_filter());
    machine.terminal(DEBUG).works();
    assert_eq!(findings(&machine, "ptrace-container").len(), 0);
    let filtered = |line: &str| format!("bwrap --dev-bind / / --seccomp 9 {line} 9< $HOME/filter");
    let debug = filtered(&format!("bash -c '{DEBUG}'"));
    machine.terminal(&debug).fails_with("operation not permitted");
    let check = format!("{} check --only ptrace-container --fail-on warning", env!("CARGO_BIN_EXE_gomedic"));
    machine.terminal(&filtered(&check)).fails_with("A filter of system calls keeps Delve from starting programs");
}

/// A filter that answers ptrace with "operation not permitted".
fn seccomp_filter() -> Vec<u8> {
    let ptrace: u32 = if cfg!(target_arch = "aarch64") { 117 } else { 101 };
    // Load the number of the call; is it ptrace? EPERM if so, else allow.
    let program: [(u16, u8, u8, u32); 4] =
        [(0x20, 0, 0, 0), (0x15, 0, 1, ptrace), (0x06, 0, 0, 0x0005_0001), (0x06, 0, 0, 0x7fff_0000)];
    let bytes = program.iter().flat_map(|(code, yes, no, value)| {
        let code = code.to_ne_bytes();
        let value = value.to_ne_bytes();
        [code[0], code[1], *yes, *no, value[0], value[1], value[2], value[3]]
    });
    bytes.collect()
}

fn ptrace_traced() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    let traced = |line: &str| format!("strace -f -qq -e trace=none -o /dev/null {line}");
    machine.terminal(&traced(&format!("bash -c '{DEBUG}'"))).fails_with("operation not permitted");
    let check = format!("{} check --only ptrace-container --fail-on warning", env!("CARGO_BIN_EXE_gomedic"));
    machine.terminal(&traced(&check)).fails_with("Another program follows this session");
}

/// A real old Delve refuses a real new Go. Its repair is a download, so only
/// the finding is proven.
fn dlv_stale() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine
        .terminal("go build -o /tmp/lab-shop-$$ . && dlv exec /tmp/lab-shop-$$ --headless --check-go-version=true; rm -f /tmp/lab-shop-$$; false")
        .fails_with("Version of Delve is too old for Go version");
    assert!(has_finding(&machine, "dlv-stale"), "{}", machine.gomedic("check --offline").stdout);
}
