//! Go's settings: their file, their names, and values that Go refuses.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, has_finding};
use crate::tools::{BASH, FISH, MIDDLE, NEW, OLD, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "go-env-unknown-name in bash", needs: &[BASH, NEW], run: unknown_name },
        Case { name: "go-env-unknown-name in the GOENV file", needs: &[BASH, OLD], run: unknown_name_in_file },
        Case { name: "go-env-file-invalid: export", needs: &[BASH, NEW], run: line_of_a_script },
        Case { name: "go-env-file-invalid: quotation marks", needs: &[BASH, OLD], run: quotation_marks },
        Case { name: "go-env-file-invalid: byte order mark and CR", needs: &[BASH, NEW], run: windows_text },
        Case { name: "goroot-in-env-file", needs: &[BASH, NEW, OLD], run: goroot_in_file },
        Case { name: "gocache-off in zsh", needs: &[ZSH, NEW], run: gocache_off },
        Case { name: "gocache-off: a tilde", needs: &[BASH, OLD], run: gocache_tilde },
        Case { name: "gocacheprog-missing in fish", needs: &[FISH, NEW], run: gocacheprog },
        Case { name: "godebug-invalid: cgocheck", needs: &[BASH, OLD], run: cgocheck },
        Case { name: "godebug-invalid: removed", needs: &[BASH, NEW], run: removed_godebug },
        Case { name: "goexperiment-invalid", needs: &[BASH, NEW], run: goexperiment },
        Case { name: "gotoolchain-invalid", needs: &[BASH, NEW], run: gotoolchain },
        Case { name: "gotoolchain-invalid: another Go by that name", needs: &[BASH, MIDDLE, NEW], run: lying_command },
        Case { name: "goamd64-too-high: no level", needs: &[BASH, OLD], run: no_level },
    ]
}

/// The command that shows whether Go took the setting.
const PRIVATE: &str = "echo \"private: '$(go env GOPRIVATE)'\"; test \"$(go env GOPRIVATE)\" = git.example.com";

fn unknown_name() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".bashrc", "export GOPRIVTE=git.example.com\n");
    Proof { id: "go-env-unknown-name", command: PRIVATE, says: "private: ''" }.run(&machine);
}

fn unknown_name_in_file() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write(".config/go/env", "GOSUMDB=sum.golang.org\nGO_PRIVATE=git.example.com\n");
    Proof { id: "go-env-unknown-name", command: PRIVATE, says: "private: ''" }.run(&machine);
}

fn line_of_a_script() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOSUMDB=sum.golang.org\nexport GOPRIVATE=\"git.example.com\"\n");
    Proof { id: "go-env-file-invalid", command: PRIVATE, says: "private: ''" }.run(&machine);
}

fn quotation_marks() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    let gopath = machine.home().join("go");
    machine.write(".config/go/env", format!("GOPATH=\"{}\"\n", gopath.display()));
    Proof { id: "go-env-file-invalid", command: "go build -o /dev/null .", says: "GOPATH entry is relative" }
        .run(&machine);
}

fn windows_text() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "\u{feff}GOPRIVATE=git.example.com\r\nGOTOOLCHAIN=local\r\n");
    Proof { id: "go-env-file-invalid", command: "go build -o /dev/null .", says: "invalid GOTOOLCHAIN \"local\\r\"" }
        .run(&machine);
}

fn goroot_in_file() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let old = machine.add_go("1.21.13");
    machine.write(".config/go/env", format!("GOROOT={}\nGOPROXY=off\n", old.display()));
    // What a senior would type does not help.
    machine.terminal("go env -u GOROOT").fails_with("GOROOT cannot be modified");
    Proof { id: "goroot-in-env-file", command: "go build -o /dev/null .", says: "does not match go tool version" }
        .run(&machine);
}

fn gocache_off() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    machine.append(".zshrc", "export GOCACHE=off\n");
    Proof { id: "gocache-off", command: "go build -o /dev/null .", says: "build cache is disabled by GOCACHE=off" }
        .run(&machine);
}

fn gocache_tilde() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.append(".bashrc", "export GOCACHE=\"~/.cache/go-build\"\n");
    Proof { id: "gocache-off", command: "go build -o /dev/null .", says: "GOCACHE is not an absolute path" }
        .run(&machine);
}

fn gocacheprog() {
    let machine = Machine::with_go(Shell::Fish, "1.27.3");
    machine.append(".config/fish/config.fish", "set -gx GOCACHEPROG /opt/gocacher-that-is-gone\n");
    Proof { id: "gocacheprog-missing", command: "go build -o /dev/null .", says: "error starting GOCACHEPROG program" }
        .run(&machine);
}

fn cgocheck() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.append(".bashrc", "export GODEBUG=gctrace=0,cgocheck=2\n");
    Proof { id: "godebug-invalid", command: "go version", says: "cgocheck > 1 mode is no longer supported" }
        .run(&machine);
}

fn removed_godebug() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".bashrc", "export GODEBUG=asynctimerchan=1\n");
    Proof { id: "godebug-invalid", command: "go version", says: "removed GODEBUG \"asynctimerchan\"" }.run(&machine);
}

fn goexperiment() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOEXPERIMENT=simd,rangefunc\n");
    Proof { id: "goexperiment-invalid", command: "go version", says: "unknown GOEXPERIMENT rangefunc" }.run(&machine);
}

fn gotoolchain() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "GOTOOLCHAIN=1.27.3\n");
    machine.terminal("go env -u GOTOOLCHAIN").fails_with("invalid GOTOOLCHAIN");
    Proof { id: "gotoolchain-invalid", command: "go version", says: "invalid GOTOOLCHAIN \"1.27.3\"" }.run(&machine);
}

/// A link that was left behind. The fix is the user's.
fn lying_command() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    let newer = machine.add_go("1.27.3");
    machine.append(".profile", "export PATH=$PATH:$HOME/bin\n");
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.27.3\n");
    machine.link("sdk/go1.24.11/bin/go", "bin/go1.27.3");
    machine.terminal("go version").fails_with("toolchain go1.24.11 invoked to provide go1.27.3");
    assert!(has_finding(&machine, "gotoolchain-invalid"), "{}", machine.gomedic("check --offline").stdout);

    fs::remove_file(machine.home().join("bin/go1.27.3")).expect("a link can be removed");
    machine.link_to(&newer.join("bin/go"), "bin/go1.27.3");
    machine.terminal("go version").works();
    assert!(!has_finding(&machine, "gotoolchain-invalid"), "{}", machine.gomedic("check --offline").stdout);
}

fn no_level() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write(".config/go/env", "GOAMD64=3\n");
    Proof { id: "goamd64-too-high", command: "go build -o /dev/null .", says: "invalid GOAMD64" }.run(&machine);
}
