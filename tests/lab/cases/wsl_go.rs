//! Go's folders and tools on the drive of Windows.

use std::os::unix::fs::PermissionsExt;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, BINFMT, IP, NEW, NSENTER, Tool, UNSHARE};
use crate::wsl::{Answer, Distribution, Wsl};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "wsl-cache-on-windows", needs: GO, run: cache },
        Case { name: "wsl-gopath-on-windows", needs: GO, run: gopath },
        Case { name: "wsl-windows-style-env: GOPATH", needs: GO, run: style_of_gopath },
        Case { name: "wsl-windows-style-env: GOROOT", needs: GO, run: style_of_goroot },
        Case { name: "wsl-windows-tool-first", needs: GO, run: tool_first },
    ]
}

/// What a distribution with Go takes.
pub(super) const GO: &[Tool] = &[BASH, BINFMT, IP, NEW, NSENTER, UNSHARE];

fn ubuntu(prepare: impl FnOnce(&Machine)) -> Wsl {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    prepare(&machine);
    Wsl::start(machine, &Distribution::new().with_answer(Answer::healthy()))
}

/// The real go, and whether its folder lies on the drive of Windows.
fn is_here(name: &str) -> String {
    format!("case $(go env {name}) in /mnt/c/*) echo {name} lies on Windows; false ;; esac")
}

fn cache() {
    let wsl = ubuntu(|machine| machine.append(".bashrc", "export GOCACHE=/mnt/c/Users/me/go-build\n"));
    wsl.machine().terminal("go build -o /dev/null .").works();
    assert!(wsl.on_c("Users/me/go-build/README").exists(), "the real go writes there");
    let command = is_here("GOCACHE");
    Proof { id: "wsl-cache-on-windows", command: &command, says: "lies on Windows" }.run(wsl.machine());
}

fn gopath() {
    let wsl = ubuntu(|machine| machine.write(".config/go/env", "GOPATH=/mnt/c/Users/me/go\n"));
    let command = is_here("GOMODCACHE");
    Proof { id: "wsl-gopath-on-windows", command: &command, says: "lies on Windows" }.run(wsl.machine());
}

fn style_of_gopath() {
    let wsl = ubuntu(|machine| machine.append(".bashrc", "export GOPATH='C:\\Users\\me\\go'\n"));
    let says = "GOPATH entry is relative; must be absolute path";
    Proof { id: "wsl-windows-style-env", command: "go build -o /dev/null .", says }.run(wsl.machine());
}

fn style_of_goroot() {
    let wsl = ubuntu(|machine| machine.append(".profile", "export GOROOT='C:\\Program Files\\Go'\n"));
    let says = "cannot find GOROOT directory";
    Proof { id: "wsl-windows-style-env", command: "go build -o /dev/null .", says }.run(wsl.machine());
}

/// A script of the shell without extension, as shims of Windows have it; it
/// does what the Go of Windows does with a project of Linux.
fn tool_first() {
    let wsl = ubuntu(|machine| machine.append(".bashrc", "export PATH=\"/mnt/c/Users/me/scoop/shims:$PATH\"\n"));
    let script =
        "#!/bin/sh\necho 'go: RLock \\\\wsl$\\Ubuntu\\home\\kim\\shop\\go.mod: Incorrect function.' >&2\nexit 1\n";
    let shim = "Users/me/scoop/shims/go";
    wsl.write_on_c(shim, script);
    let mode = PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(wsl.on_c(shim), mode).expect("it was written");
    Proof { id: "wsl-windows-tool-first", command: "go build -o /dev/null .", says: "Incorrect function" }
        .run(wsl.machine());
    // Behind the Go of Linux it is none.
    wsl.machine().write(".bashrc", "export PATH=\"$PATH:/mnt/c/Users/me/scoop/shims\"\n");
    wsl.machine().terminal("go build -o /dev/null .").works();
    assert_eq!(findings(wsl.machine(), "wsl-windows-tool-first").len(), 0);
}
