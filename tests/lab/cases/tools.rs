//! gopls and Delve from an old Go, built anew with the one in use. Small
//! stand-ins bear their names; Go, the module proxy and the builds are real.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::modproxy::ModProxy;
use crate::proof::{Proof, findings_with};
use crate::tools::{BASH, FISH, MIDDLE, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "gopls-stale: built anew, in bash", needs: &[BASH, OLD, NEW], run: gopls },
        Case { name: "gopls-stale: behind a link", needs: &[BASH, OLD, NEW], run: gopls_behind_a_link },
        Case { name: "dlv-stale: an old release, in zsh", needs: &[ZSH, OLD, MIDDLE], run: delve_of_an_old_release },
        Case { name: "dlv-stale: a new release, in fish", needs: &[FISH, OLD, NEW], run: delve_built_by_an_old_go },
    ]
}

const GOPLS: &str = "golang.org/x/tools/gopls";
const DELVE: &str = "github.com/go-delve/delve";

/// A machine with an old Go aside, and `~/go/bin` on PATH.
fn machine(shell: Shell, version: &str, proxy: &ModProxy) -> Machine {
    let machine = Machine::with_go(shell, version);
    machine.add_go("1.21.13");
    machine.append(shell.profile(), &shell.path_line(&format!("{}/go/bin", machine.home().display())));
    // So that the machine's folder can be removed.
    machine.write(".config/go/env", format!("{}GOFLAGS=-modcacherw\n", proxy.settings()));
    machine
}

/// Builds a tool with the old Go.
fn install_old(machine: &Machine, package: &str) {
    machine.terminal(&format!("env GOTOOLCHAIN=local ~/sdk/go1.21.13/bin/go install {package}")).works();
}

/// What a tool's own build info says, after a command.
fn and_built_with(command: &str, tool: &str, version: &str) -> String {
    format!("{command} && go version ~/go/bin/{tool} | grep -F 'go{version}'")
}

fn with_old_gopls(proxy: &ModProxy) -> Machine {
    for version in ["v0.14.2", "v0.20.0"] {
        let go_mod = format!("module {GOPLS}\n\ngo 1.21\n");
        proxy.add(GOPLS, version, &[("go.mod", &go_mod), ("main.go", include_str!("../stand_ins/gopls.go"))]);
    }
    let machine = machine(Shell::Bash, "1.27.3", proxy);
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.26.0\n");
    machine.write("shop/main.go", "package main\n\nfunc main() {}\n");
    install_old(&machine, &format!("{GOPLS}@v0.14.2"));
    machine
}

fn gopls() {
    let proxy = ModProxy::start();
    let machine = with_old_gopls(&proxy);
    let command = and_built_with("gopls check main.go", "gopls", "1.27.3");
    Proof { id: "gopls-stale", command: &command, says: "package requires newer Go version" }.run_online(&machine);
}

/// `go install` puts a file in place of the link: no undo is promised.
fn gopls_behind_a_link() {
    let proxy = ModProxy::start();
    let machine = with_old_gopls(&proxy);
    machine.terminal("mkdir ~/tools && mv ~/go/bin/gopls ~/tools/ && ln -s ~/tools/gopls ~/go/bin/").works();
    let found = findings_with(&machine, "gopls-stale", "--only gopls-stale");
    let [one] = &found[..] else { panic!("there is one finding: {found:#?}") };
    assert_eq!(one["fixes"][0]["undoable"], false);
    machine.gomedic("fix gopls-stale --only gopls-stale --yes").works();
    machine.terminal(&and_built_with("gopls check main.go", "gopls", "1.27.3")).works();
    machine.gomedic("undo --yes").fails_with("cannot be taken back: ~/go/bin/gopls is a link to ~/tools/gopls");
}

/// A machine with a Delve that the old Go has built, and a program to debug.
fn with_old_delve(shell: Shell, version: &str, proxy: &ModProxy, old: &str) -> Machine {
    for (version, newest) in [("v1.21.2", "21"), ("v1.24.1", "24"), ("v1.27.0", "27")] {
        let go_mod = format!("module {DELVE}\n\ngo 1.21\n");
        let source = include_str!("../stand_ins/dlv.go").replace("NEWEST", newest);
        proxy.add(DELVE, version, &[("go.mod", &go_mod), ("cmd/dlv/main.go", &source)]);
    }
    let machine = machine(shell, version, proxy);
    install_old(&machine, &format!("{DELVE}/cmd/dlv@{old}"));
    machine.terminal("go build -o ~/shop.bin .").works();
    machine
}

fn delve_of_an_old_release() {
    let proxy = ModProxy::start();
    let machine = with_old_delve(Shell::Zsh, "1.24.11", &proxy, "v1.21.2");
    let command = and_built_with("dlv exec ~/shop.bin", "dlv", "1.24.11");
    Proof { id: "dlv-stale", command: &command, says: "Version of Delve is too old for Go version go1.24.11" }
        .run_online(&machine);
}

fn delve_built_by_an_old_go() {
    let proxy = ModProxy::start();
    let machine = with_old_delve(Shell::Fish, "1.27.3", &proxy, "v1.27.0");
    let command = and_built_with("dlv exec ~/shop.bin", "dlv", "1.27.3");
    Proof { id: "dlv-stale", command: &command, says: "must be built with Go version 1.25.0 or later" }
        .run_online(&machine);
}
