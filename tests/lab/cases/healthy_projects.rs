//! Healthy projects of more than one shape: nothing may be found.

use super::healthy::{packages_stay_green, stays_green};
use crate::Case;
use crate::gopls;
use crate::machine::{Machine, Shell};
use crate::tools::{BASH, BWRAP, DASH, FISH, GCC, GIT, MIDDLE, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "healthy: sh, Go 1.27 in ~/sdk", needs: &[BWRAP, GIT, GCC, NEW], run: plain_sh },
        Case {
            name: "healthy: dash, Go 1.27 in ~/sdk",
            needs: &[DASH, BWRAP, GIT, GCC, NEW],
            run: || stays_green(Machine::with_go(Shell::Dash, "1.27.3")),
        },
        Case {
            name: "healthy: bash, vendor folder, Go 1.21",
            needs: &[BASH, BWRAP, GIT, GCC, OLD],
            run: || vendor(Shell::Bash, "1.21.13"),
        },
        Case {
            name: "healthy: dash, vendor folder, Go 1.24",
            needs: &[DASH, BWRAP, GIT, GCC, MIDDLE],
            run: || vendor(Shell::Dash, "1.24.11"),
        },
        Case {
            name: "healthy: fish, vendor folder, Go 1.27",
            needs: &[FISH, BWRAP, GIT, GCC, NEW],
            run: || vendor(Shell::Fish, "1.27.3"),
        },
        Case {
            name: "healthy: zsh, workspace, Go 1.24",
            needs: &[ZSH, BWRAP, GIT, GCC, MIDDLE],
            run: || workspace(Shell::Zsh, "1.24.11"),
        },
        Case {
            name: "healthy: dash, workspace, Go 1.27",
            needs: &[DASH, BWRAP, GIT, GCC, NEW],
            run: || workspace(Shell::Dash, "1.27.3"),
        },
        Case {
            name: "healthy: fish, workspace, Go 1.21",
            needs: &[FISH, BWRAP, GIT, GCC, OLD],
            run: || workspace(Shell::Fish, "1.21.13"),
        },
        Case {
            name: "healthy: fish, workspace with vendor folder",
            needs: &[FISH, BWRAP, GIT, GCC, NEW],
            run: vendored,
        },
        Case { name: "healthy: VS Code above two modules", needs: &[BASH, BWRAP, GIT, GCC, NEW], run: vscode },
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
fn vendor(shell: Shell, version: &str) {
    let machine = Machine::with_go(shell, version);
    library(&machine, "till");
    let module = "module example.com/shop\n\ngo 1.21\n\nrequire example.com/till v0.0.0\n\nreplace example.com/till => ../till\n";
    machine.write("shop/go.mod", module);
    machine.terminal("go mod vendor").works();
    stays_green(machine);
}

/// What `go work init` really makes.
fn in_workspace(shell: Shell, version: &str) -> Machine {
    let machine = Machine::with_go(shell, version);
    library(&machine, "shop/till");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.21\n\nrequire example.com/till v0.0.0\n");
    machine.terminal("go work init . ./till").works();
    machine
}

fn workspace(shell: Shell, version: &str) {
    stays_green(in_workspace(shell, version));
}

/// What `go work vendor` really makes: a tool, from a proxy of files, beside
/// the modules of the workspace.
fn vendored() {
    let machine = in_workspace(Shell::Fish, "1.27.3");
    gopls::offer(&machine);
    machine.append("shop/go.mod", "\nreplace example.com/till => ./till\n");
    machine.terminal("go get -tool golang.org/x/tools/gopls@v0.16.2 && go work use && go work vendor").works();
    assert!(machine.home().join("shop/vendor/golang.org/x/tools/gopls/main.go").is_file());
    stays_green(machine);
}

/// The folder that is opened holds no module but a workspace of two, and all
/// that the editor needs is there.
fn vscode() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".profile", &Shell::Bash.path_line("$HOME/go/bin"));
    gopls::offer(&machine);
    gopls::install(&machine, "v0.20.0", &machine.home().join("go/bin"), "1.27.3");
    machine.write(
        ".vscode/extensions/extensions.json",
        "[{\"identifier\":{\"id\":\"golang.go\"},\"version\":\"0.52.2\"}]\n",
    );
    machine.write(".config/Code/User/settings.json", "{\n  // mine\n  \"editor.fontSize\": 13,\n}\n");
    machine.write("shop/.vscode/settings.json", "{ \"go.lintTool\": \"staticcheck\" }\n");
    let tasks = "{ \"tasks\": [ { \"label\": \"debug\", \"command\": \"dlv dap --listen=127.0.0.1:2345\" } ] }\n";
    machine.write("shop/.vscode/tasks.json", tasks);
    let in_workspace = "go work init && mkdir cart till && mv go.mod main.go cart && cd till && go mod init example.com/till && \
                        echo package till >till.go && cd .. && go work use ./cart ./till";
    machine.terminal(in_workspace).works();
    packages_stay_green(machine, "./cart ./till");
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
