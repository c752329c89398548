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
    Proof { id: "tmp-noexec", command: "go run .", says: "permission denied" }.run(&machine);
}
