//! GOPATH, GOMODCACHE, module proxies and credentials.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, FISH, MIDDLE, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "gopath-invalid: relative, in zsh", needs: &[ZSH, NEW], run: gopath_relative },
        Case { name: "gopath-invalid: a tilde in the GOENV file", needs: &[BASH, MIDDLE], run: gopath_tilde },
        Case { name: "goproxy-malformed: a semicolon", needs: &[BASH, NEW], run: goproxy_semicolon },
        Case { name: "gosumdb-off in fish", needs: &[FISH, OLD], run: gosumdb_off },
        Case { name: "goproxy-credentials", needs: &[BASH, NEW], run: goproxy_credentials },
    ]
}

fn gopath_relative() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    machine.append(".zshrc", "export GOPATH=go\n");
    Proof { id: "gopath-invalid", command: "go build -o /dev/null .", says: "GOPATH entry is relative" }.run(&machine);
}

fn gopath_tilde() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write(".config/go/env", "GOPATH=~/go\n");
    let says = "GOPATH entry cannot start with shell metacharacter '~'";
    Proof { id: "gopath-invalid", command: "go build -o /dev/null .", says }.run(&machine);
}

/// A module proxy of files; the list is separated by a semicolon.
fn goproxy_semicolon() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let proxy = machine.module_proxy("example.com/dep", "v1.0.0");
    machine.write(".config/go/env", format!("GONOSUMDB=example.com\nGOPROXY=file://{};direct\n", proxy.display()));
    let command = "go list -m -versions example.com/dep | grep v1.0.0";
    Proof { id: "goproxy-malformed", command, says: "example.com/dep" }.run(&machine);
}

fn gosumdb_off() {
    let machine = Machine::with_go(Shell::Fish, "1.21.13");
    machine.append(".config/fish/config.fish", "set -gx GOSUMDB off\n");
    let command = "go env GOSUMDB; test (go env GOSUMDB) != off";
    Proof { id: "gosumdb-off", command, says: "off" }.run(&machine);
}

/// The password stands in the settings; what gomedic says of it is masked.
fn goproxy_credentials() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOPROXY=https://kim:s3cr3t-t0ken@proxy.example.com,direct\n");
    let command = "go env GOPROXY; ! grep -q s3cr3t ~/.config/go/env";
    for format in ["text", "json", "markdown"] {
        let said = machine.gomedic(&format!("check --offline --format {format}"));
        assert!(!said.stdout.contains("s3cr3t"), "the password is shown: {said:#?}");
        assert!(said.stdout.contains("goproxy-credentials"), "{said:#?}");
    }
    Proof { id: "goproxy-credentials", command, says: "proxy.example.com" }.run(&machine);
}
