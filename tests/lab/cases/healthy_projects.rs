//! Healthy projects of more than one shape: nothing may be found.

use super::healthy::stays_green;
use crate::Case;
use crate::machine::{Machine, Shell};
use crate::tools::{BASH, BWRAP, GCC, GIT, MIDDLE, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "healthy: sh, Go 1.27 in ~/sdk", needs: &[BWRAP, GIT, GCC, NEW], run: plain_sh },
        Case { name: "healthy: vendor folder, Go 1.21", needs: &[BASH, BWRAP, GIT, GCC, OLD], run: vendor },
        Case { name: "healthy: workspace, Go 1.24", needs: &[ZSH, BWRAP, GIT, GCC, MIDDLE], run: workspace },
        Case { name: "healthy: replaced module, cgo, git, Go 1.27", needs: &[BASH, BWRAP, GIT, GCC, NEW], run: grown },
        Case { name: "healthy: settings that are meant, Go 1.27", needs: &[BASH, BWRAP, GIT, GCC, NEW], run: settings },
    ]
}

fn plain_sh() {
    stays_green(Machine::with_go(Shell::Sh, "1.27.3"));
}

/// A library beside the project, as `replace` names it.
fn library(machine: &Machine, place: &str) {
    machine.write(&format!("{place}/go.mod"), "module example.com/till\n\ngo 1.21\n");
    machine.write(
        &format!("{place}/till.go"),
        "package till\n\n// Open opens it.\nfunc Open() string { return \"open\" }\n",
    );
    let main = "package main\n\nimport (\n\t\"fmt\"\n\n\t\"example.com/till\"\n)\n\nfunc main() { fmt.Println(till.Open()) }\n";
    machine.write("shop/main.go", main);
}

/// What `go mod vendor` really makes.
fn vendor() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    library(&machine, "till");
    let module = "module example.com/shop\n\ngo 1.21\n\nrequire example.com/till v0.0.0\n\nreplace example.com/till => ../till\n";
    machine.write("shop/go.mod", module);
    machine.terminal("go mod vendor").works();
    stays_green(machine);
}

/// What `go work init` really makes.
fn workspace() {
    let machine = Machine::with_go(Shell::Zsh, "1.24.11");
    library(&machine, "shop/till");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.21\n\nrequire example.com/till v0.0.0\n");
    machine.terminal("go work init . ./till").works();
    stays_green(machine);
}

/// A project as it is after some years: a repository, a C file, several
/// programs, scripts, a folder of node, a Dockerfile.
fn grown() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    library(&machine, "till");
    let module = "module example.com/shop\n\ngo 1.27\n\nrequire example.com/till v0.0.0\n\nreplace example.com/till => ../till\n";
    machine.write("shop/go.mod", module);
    machine.write("shop/fast/fast.go", "package fast\n\n// int two(void) { return 2; }\nimport \"C\"\n\n// Two is 2.\nfunc Two() int { return int(C.two()) }\n");
    machine.write(
        "shop/cmd/till/main.go",
        "package main\n\nimport \"example.com/shop/fast\"\n\nfunc main() { println(fast.Two()) }\n",
    );
    machine.write("shop/scripts/run.sh", "#!/bin/sh\nexec go run ./cmd/till\n");
    machine.write("shop/.env", "PORT=8080\n");
    machine.write("shop/web/node_modules/x/package.json", "{}\n");
    machine.write("shop/Dockerfile", "FROM golang:1.27\nCOPY . .\nRUN go build ./cmd/till\n");
    let git = "git init -q . && git -c user.name=k -c user.email=k@example.com add -A && \
               git -c user.name=k -c user.email=k@example.com commit -qm first && go build ./...";
    machine.terminal(git).works();
    stays_green(machine);
}

/// Settings that somebody chose, each of them sound.
fn settings() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    for setting in ["GOPRIVATE=git.example.com/*", "GOFLAGS=-mod=readonly", "GOTOOLCHAIN=auto", "GOTELEMETRY=off"] {
        // Go refuses to keep some of them; those are none that anybody has.
        machine.terminal(&format!("go env -w {setting} || true")).works();
    }
    machine.append(".bashrc", "export GOPATH=\"$HOME/work/go\"\nexport PATH=\"$PATH:$GOPATH/bin\"\n");
    machine.append(".bashrc", "export NO_PROXY=localhost,127.0.0.1,.example.com\n");
    machine.append(".profile", "[ -n \"$BASH_VERSION\" ] && . \"$HOME/.bashrc\"\n");
    stays_green(machine);
}
