//! Kernel, distribution, limits, disks.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, NEW, Tool};

pub fn cases() -> Vec<Case> {
    vec![Case { name: "tmp-noexec", needs: &[BASH, NEW, Tool::Root], run: tmp_noexec }]
}

fn tmp_noexec() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3").with_tmpfs("/tmp", "noexec,size=512m");
    // Since Go 1.24 `go run` keeps what it has linked and runs it from the
    // build cache; `go test` always starts its program in the folder.
    let test = "package main\n\nimport \"testing\"\n\nfunc TestShop(t *testing.T) {}\n";
    machine.write("shop/main_test.go", test);
    Proof { id: "tmp-noexec", command: "go test -count=1 .", says: "permission denied" }.run(&machine);
}
