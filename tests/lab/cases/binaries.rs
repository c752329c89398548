//! What the project's build leaves behind.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::namespaces::Namespaces;
use crate::proof::{findings, has_finding};
use crate::tools::{BASH, BINFMT, GIT, NEW, NSENTER, OBJCOPY, QEMU, UNSHARE};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "binary-empty: nothing in it", needs: &[BASH, GIT, NEW], run: nothing_in_it },
        Case { name: "binary-empty: cut off", needs: &[BASH, NEW], run: cut_off },
        Case { name: "binary-empty: without its end", needs: &[BASH, NEW], run: without_its_end },
        Case { name: "binary-empty: without code", needs: &[BASH, NEW, OBJCOPY], run: without_code },
        Case { name: "emulator-missing", needs: &[BASH, BINFMT, NEW, NSENTER, QEMU, UNSHARE], run: no_emulator },
        Case { name: "binary-wrong-target: a script without export", needs: &[BASH, NEW, QEMU], run: not_exported },
        Case { name: "binary-wrong-target: a changed header", needs: &[BASH, NEW], run: changed_header },
        Case { name: "binary-wrong-target: quiet for every target", needs: &[BASH, NEW], run: every_target },
    ]
}

/// What the files in `bin` were changed a minute ago: they are not in the
/// writing.
const SETTLE: &str = "touch -d '1 minute ago' bin/*";

/// The one finding of binary-empty.
fn one_flaw(machine: &Machine, kind: &str) {
    let found = findings(machine, "binary-empty");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0]["key"].as_str().is_some_and(|key| key.ends_with(kind)), "{found:#?}");
}

/// A shell takes it for a script that does nothing.
fn nothing_in_it() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let start = "./bin/shop | grep shop || { echo nothing; exit 1; }";
    machine.terminal(&format!("go build -o bin/shop . && {start}")).works();
    machine.terminal("truncate -s 0 bin/shop && ./bin/shop").works();
    machine.terminal(start).fails_with("nothing");
    // Go starts it without a shell.
    machine.terminal("go vet -vettool=$PWD/bin/shop .").fails_with("xec format error");
    machine.terminal(SETTLE).works();
    one_flaw(&machine, ":empty");

    // What git keeps was made like that on purpose.
    machine.terminal("git init -q . && git add -f bin/shop").works();
    assert!(!has_finding(&machine, "binary-empty"));
    machine.terminal("git rm -q --cached bin/shop").works();
    one_flaw(&machine, ":empty");

    machine.terminal("rm ~/shop/bin/shop && go build -o bin/shop .").works();
    machine.terminal(start).works();
    assert!(!has_finding(&machine, "binary-empty"));
}

/// As after a disk that was full: for every format that Go writes.
fn cut_off() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    for (target, name) in [("linux", "shop"), ("windows", "shop.exe"), ("darwin", "shop-darwin")] {
        machine.terminal(&format!("GOOS={target} GOARCH=amd64 go build -o bin/{name} . && {SETTLE}")).works();
        assert!(!has_finding(&machine, "binary-empty"), "{name}");
        machine.terminal(&format!("truncate -s 700000 bin/{name} && {SETTLE}")).works();
        one_flaw(&machine, ":damaged");
        if target == "linux" && cfg!(target_arch = "x86_64") {
            machine.terminal("bash -c './bin/shop; exit $?'").fails_with("Segmentation fault");
        }
        machine.terminal(&format!("rm bin/{name}")).works();
    }
}

/// What is loaded is there, and what debuggers read is not.
fn without_its_end() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.terminal("go build -o bin/shop . && go tool addr2line bin/shop </dev/null").works();
    machine.terminal(&format!("truncate -s -200 bin/shop && {SETTLE}")).works();
    machine.terminal("./bin/shop").works();
    machine.terminal("go tool addr2line bin/shop </dev/null").fails_with("unrecognized object file");
    one_flaw(&machine, ":end-missing");
}

fn without_code() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.terminal("go build -ldflags='-s -w' -o bin/shop . && ./bin/shop").works();
    // What only debuggers read has no code either.
    let debug = "go build -o all . && objcopy --only-keep-debug all bin/shop.debug && rm all";
    machine.terminal(&format!("{debug} && cp bin/shop.debug bin/symbols && {SETTLE}")).works();
    assert!(!has_finding(&machine, "binary-empty"));
    machine.terminal(&format!("objcopy -R .text bin/shop && {SETTLE}")).works();
    machine.terminal("bash -c './bin/shop; exit $?'").fails_with("Segmentation fault");
    one_flaw(&machine, ":no-code");
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

/// The kernel's own table, empty at first. What the package does when it is
/// installed is done by hand.
fn no_emulator() {
    let table = "/proc/sys/fs/binfmt_misc";
    let mount = format!("mount -t binfmt_misc binfmt_misc {table}");
    let namespaces = Namespaces::start(&["--user", "--map-root-user", "--mount"], &mount);
    let machine = Machine::with_go(Shell::Bash, "1.27.3").inside(&namespaces);
    // An architecture that no machine of the lab has.
    machine.terminal("GOARCH=riscv64 go build -o bin/shop .").works();
    machine.terminal("./bin/shop").fails_with("xec format error");
    let found = findings(&machine, "emulator-missing");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["key"], "riscv64", "{found:#?}");
    assert_eq!(found[0]["caused_by"]["id"], "binary-foreign", "{found:#?}");

    machine.terminal(&format!("echo 0 > {table}/status")).works();
    assert!(has_finding(&machine, "emulator-missing"));
    machine.terminal(&format!("echo 1 > {table}/status")).works();

    let magic = r"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xf3\x00";
    let mask = r"\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff";
    let entry = format!(":qemu-riscv64:M::{magic}:{mask}:/usr/bin/qemu-riscv64:F");
    machine.terminal(&format!("echo '{entry}' > {table}/register")).works();
    machine.terminal("./bin/shop").works();
    assert!(!has_finding(&machine, "emulator-missing"));
    assert!(!has_finding(&machine, "binary-foreign"));

    // What is registered counts for nothing in a table that is off.
    machine.terminal(&format!("echo 0 > {table}/status")).works();
    machine.terminal("./bin/shop").fails_with("xec format error");
    assert!(has_finding(&machine, "emulator-missing"));
    assert!(has_finding(&machine, "binary-foreign"));
}
