//! gopls, Delve, VS Code.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, has_finding};
use crate::tools::{BASH, DELVE, NEW};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "vscode-goroot-stale", needs: &[BASH, NEW], run: vscode_goroot },
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

/// A real old Delve refuses a real new Go. Its repair is a download, so only
/// the finding is proven.
fn dlv_stale() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine
        .terminal("go build -o /tmp/lab-shop-$$ . && dlv exec /tmp/lab-shop-$$ --headless --check-go-version=true; rm -f /tmp/lab-shop-$$; false")
        .fails_with("Version of Delve is too old for Go version");
    assert!(has_finding(&machine, "dlv-stale"), "{}", machine.gomedic("check --offline").stdout);
}
