//! What the project's build leaves behind.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{findings, has_finding};
use crate::tools::{BASH, NEW, QEMU};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "binary-wrong-target: a script without export", needs: &[BASH, NEW, QEMU], run: not_exported },
        Case { name: "binary-wrong-target: a changed header", needs: &[BASH, NEW], run: changed_header },
        Case { name: "binary-wrong-target: quiet for every target", needs: &[BASH, NEW], run: every_target },
    ]
}

/// The processor that the program was meant for is emulated.
fn not_exported() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/build.sh", "GOOS=linux; GOARCH=arm64\ngo build -o dist/shop-linux-arm64 .\n");
    machine.terminal("sh build.sh").works();
    let start = "qemu-aarch64 dist/shop-linux-arm64";
    machine.terminal(start).fails_with("Invalid ELF image for this architecture");
    let found = findings(&machine, "binary-wrong-target");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["evidence"][0]["expected"], "linux/arm64", "{found:#?}");
    assert!(!has_finding(&machine, "binary-foreign"));

    let report = machine.gomedic("check --offline --only binary-wrong-target").stdout;
    let command = "GOOS=linux GOARCH=arm64 go build -o ~/shop/dist/shop-linux-arm64 example.com/shop";
    assert!(report.contains(command), "{report}");
    machine.terminal(command).works();
    machine.terminal(start).works();
    assert!(!has_finding(&machine, "binary-wrong-target"));
}

/// The kernel goes by the header, whatever Go wrote into the file.
fn changed_header() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.terminal("go build -o bin/shop . && ./bin/shop").works();
    assert!(!has_finding(&machine, "binary-wrong-target"));
    let machine_field = "printf '\\363' | dd of=bin/shop bs=1 seek=18 conv=notrunc status=none";
    machine.terminal(machine_field).works();
    machine.terminal("./bin/shop").fails_with("xec format error");
    let found = findings(&machine, "binary-wrong-target");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0]["key"].as_str().is_some_and(|key| key.ends_with("linux/riscv64")), "{found:#?}");
}

/// What Go builds for all platforms is what its name says.
fn every_target() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", "package main\n\nfunc main() { println(\"shop\") }\n");
    let build = "for target in linux/386 linux/arm linux/arm64 linux/riscv64 linux/s390x darwin/arm64 \
                 windows/amd64.exe freebsd/amd64 illumos/amd64; do os=${target%/*}; arch=${target#*/}; \
                 GOOS=$os GOARCH=${arch%.exe} go build -o dist/shop_${os}_$arch . || exit; done";
    machine.terminal(build).works();
    let found = findings(&machine, "binary-wrong-target");
    assert!(found.is_empty(), "{found:#?}");
}
