//! gopls, Delve, VS Code.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, has_finding};
use crate::servers::ModuleServer;
use crate::tools::{BASH, BWRAP, DELVE, MIDDLE, NEW};

use super::network::{LIST, with_modules};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "vscode-goroot-stale", needs: &[BASH, NEW], run: vscode_goroot },
        Case { name: "vscode-http-proxy", needs: &[BASH, BWRAP, NEW], run: vscode_http_proxy },
        Case { name: "vscode-env-overrides", needs: &[BASH, MIDDLE, NEW], run: vscode_env_overrides },
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

/// A real old Delve refuses a real new Go. Its repair is a download, so only
/// the finding is proven.
fn dlv_stale() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine
        .terminal("go build -o /tmp/lab-shop-$$ . && dlv exec /tmp/lab-shop-$$ --headless --check-go-version=true; rm -f /tmp/lab-shop-$$; false")
        .fails_with("Version of Delve is too old for Go version");
    assert!(has_finding(&machine, "dlv-stale"), "{}", machine.gomedic("check --offline").stdout);
}
