//! C compilers for other platforms.

use crate::Case;
use crate::cases::cgo::CGO;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, has_finding};
use crate::tools::{ARM64_GCC, ARM64_LIBC, BASH, GCC, MINGW_GCC, NEW, OLD};

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "cc-target-mismatch: the right compiler is there",
            needs: &[BASH, GCC, NEW, ARM64_GCC, ARM64_LIBC],
            run: right_compiler,
        },
        Case { name: "cc-target-mismatch: no other compiler", needs: &[BASH, GCC, OLD], run: no_other_compiler },
        Case { name: "cc-target-mismatch: C code for Windows", needs: &[BASH, GCC, NEW, MINGW_GCC], run: for_windows },
        Case { name: "cflags-foreign in the GOENV file", needs: &[BASH, GCC, NEW], run: library_gone },
        Case { name: "cflags-foreign in .profile", needs: &[BASH, GCC, OLD], run: sysroot_gone },
        Case { name: "cc-variable-ignored in .bashrc", needs: &[BASH, GCC, NEW, ARM64_GCC, ARM64_LIBC], run: ignored },
    ]
}

const BUILD: &str = "go build -o /dev/null .";

const NET: &str = "package main\n\nimport \"net\"\n\nfunc main() { println(net.IPv4len) }\n";

fn right_compiler() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", CGO);
    machine.write(".config/go/env", "CGO_ENABLED=1\nGOARCH=arm64\n");
    Proof { id: "cc-target-mismatch", command: BUILD, says: "no such instruction: `stp" }.run(&machine);
}

/// gcc has a multiarch name for no target but this machine.
fn no_other_compiler() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write("shop/main.go", NET);
    machine.append(".profile", "export CGO_ENABLED=1 GOARCH=s390x\n");
    Proof { id: "cc-target-mismatch", command: BUILD, says: "-march=" }.run(&machine);
}

fn for_windows() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", CGO);
    machine.write(".config/go/env", "CGO_ENABLED=1\nGOOS=windows\n");
    Proof { id: "cc-target-mismatch", command: BUILD, says: "windows.h: No such file" }.run(&machine);
    // What does without C builds all the same.
    machine.write("shop/main.go", NET);
    machine.terminal(BUILD).works();
    assert!(!has_finding(&machine, "cc-target-mismatch"));
}

/// The build fails with the variable, and works as the fix shows it.
fn ignored() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", CGO);
    machine.append(".bashrc", "export CC_linux_arm64=aarch64-linux-gnu-gcc\n");
    machine.terminal("CGO_ENABLED=1 GOARCH=arm64 go build -o /dev/null .").fails_with("no such instruction: `stp");
    let found = crate::proof::findings(&machine, "cc-variable-ignored");
    assert_eq!(found.len(), 1, "{found:#?}");
    let command = found[0]["fixes"][0]["steps"][0]["target"].as_str().unwrap_or_default().to_owned();
    assert!(command.starts_with("CC=aarch64-linux-gnu-gcc "), "{command}");
    machine.terminal(&format!("{command} -o /dev/null .")).works();
}

fn library_gone() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", CGO);
    machine.terminal("go env -w 'CGO_LDFLAGS=-g /opt/gone/lib/libx.a'").works();
    Proof { id: "cflags-foreign", command: BUILD, says: "cannot find /opt/gone/lib/libx.a" }.run(&machine);
}

fn sysroot_gone() {
    let machine = Machine::with_go(Shell::Bash, "1.21.13");
    machine.write("shop/main.go", NET);
    machine.append(".profile", "export CGO_ENABLED=1\nexport CGO_CFLAGS='--sysroot=/opt/gone -O2'\n");
    Proof { id: "cflags-foreign", command: BUILD, says: "No such file or directory" }.run(&machine);
}
