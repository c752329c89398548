//! Kernel, distribution, limits, disks.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, NEW, ROOT};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "tmp-noexec", needs: &[BASH, NEW, ROOT], run: tmp_noexec },
        Case { name: "home-unset", needs: &[BASH, NEW], run: home_unset },
    ]
}

/// What a service or `env -i` hands on.
fn home_unset() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let says = "neither $XDG_CACHE_HOME nor $HOME are defined";
    machine.terminal("env -u HOME go build -o /dev/null .").fails_with(says);
    let check = format!("{} check --only home-unset --offline", env!("CARGO_BIN_EXE_gomedic"));
    let home = machine.home();
    machine.terminal(&format!("env -u HOME {check}")).fails_with("HOME is not set");
    machine.terminal(&check).works();
    machine.terminal(&format!("env -u HOME sh -c 'export HOME={}; go build -o /dev/null .'", home.display())).works();
}

fn tmp_noexec() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3").with_tmpfs("/tmp", "noexec,size=512m");
    // Since Go 1.24 `go run` keeps what it has linked and runs it from the
    // build cache; `go test` always starts its program in the folder.
    let test = "package main\n\nimport \"testing\"\n\nfunc TestShop(t *testing.T) {}\n";
    machine.write("shop/main_test.go", test);
    Proof { id: "tmp-noexec", command: "go test -count=1 .", says: "permission denied" }.run(&machine);
}
