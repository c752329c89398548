//! Kernel, distribution, limits, disks.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{Proof, findings};
use crate::tools::{BASH, BWRAP, NEW, ROOT};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "tmp-noexec", needs: &[BASH, NEW, ROOT], run: tmp_noexec },
        Case { name: "fd-limit-low", needs: &[BASH, NEW], run: fd_limit_low },
        Case { name: "memory-low: a limit of addresses", needs: &[BASH, NEW], run: address_space },
        Case { name: "zoneinfo-missing", needs: &[BASH, BWRAP, NEW], run: zoneinfo_missing },
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

/// In bash `ulimit -n` lowers both limits, so that Go cannot raise it again.
fn fd_limit_low() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".bashrc", "ulimit -n 20\n");
    Proof { id: "fd-limit-low", command: "go build -a -o /dev/null .", says: "too many open files" }.run(&machine);
}

fn address_space() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".bashrc", "ulimit -v 400000\n");
    let says = "failed to reserve page summary memory";
    Proof { id: "memory-low", command: "go build -a -o /dev/null .", says }.run(&machine);
}

/// A program that asks for a time zone.
pub(super) const BERLIN: &str = "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"time\"\n)\n\nfunc main() {\n\tif _, err := time.LoadLocation(\"Europe/Berlin\"); err != nil {\n\t\tfmt.Println(err)\n\t\tos.Exit(1)\n\t}\n}\n";

/// Only the finding is proven here; its repair is a package of the system.
fn zoneinfo_missing() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let zones = machine.home().join("no-zones");
    std::fs::create_dir(&zones).expect("a folder can be made");
    let root = machine.home().join("sdk/go1.27.3");
    machine.write("shop/main.go", BERLIN);
    machine.terminal("go run .").works();
    let machine = machine.with_file(&zones, "/usr/share/zoneinfo");
    // The toolchain's files are hard links: this takes away one of two names.
    std::fs::remove_file(root.join("lib/time/zoneinfo.zip")).expect("a file can be removed");
    machine.terminal("go run .").fails_with("unknown time zone Europe/Berlin");
    assert_eq!(findings(&machine, "zoneinfo-missing").len(), 1);
}

fn tmp_noexec() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3").with_tmpfs("/tmp", "noexec,size=512m");
    // Since Go 1.24 `go run` keeps what it has linked and runs it from the
    // build cache; `go test` always starts its program in the folder.
    let test = "package main\n\nimport \"testing\"\n\nfunc TestShop(t *testing.T) {}\n";
    machine.write("shop/main_test.go", test);
    Proof { id: "tmp-noexec", command: "go test -count=1 .", says: "permission denied" }.run(&machine);
}
