//! Builds for which zig is the only C compiler.

use crate::Case;
use crate::cases::cross::{bare, results, tried};
use crate::machine::Machine;
use crate::tools::{BASH, GCC, NEW, OLD, ZIG, program};

pub fn cases() -> Vec<Case> {
    let needs = |go| vec![BASH, GCC, ZIG, go].leak() as &'static [_];
    vec![
        Case { name: "cross with zig: go1.21", needs: needs(OLD), run: || serves("1.21.13") },
        Case { name: "cross with zig: go1.27", needs: needs(NEW), run: || serves("1.27.3") },
    ]
}

/// What is built for, the value of CC for it, and what the program is then.
const SERVED: [(&str, &str, &str); 2] = [
    ("linux/arm64", "zig cc -target aarch64-linux-musl", "os=linux,arch=arm64,static,glibc<=2.17"),
    ("windows/amd64", "zig cc -target x86_64-windows-gnu", "os=windows,arch=amd64"),
];

/// Links with parts of the C library that are libraries of their own elsewhere.
const CGO: &str = r#"package main

/*
#cgo linux LDFLAGS: -lm -lpthread
#include <math.h>
static double root(double of) { return sqrt(of); }
*/
import "C"

func main() { println(C.root(16)) }
"#;

/// A machine whose gcc compiles for the machine itself, and whose zig
/// compiles for all others.
fn machine(version: &str) -> Machine {
    let machine = bare(version);
    for tool in ["gcc", "zig"] {
        machine.link_to(&program(tool).expect("the case needs it"), &format!("tools/{tool}"));
    }
    // zig builds the C libraries that it brings when they are first asked
    // for: once for all builds, here and in what gomedic tries.
    machine.append(".bashrc", "export ZIG_GLOBAL_CACHE_DIR=$HOME/.cache/go-build/zig\n");
    machine.append(".bashrc", "export ZIG_LOCAL_CACHE_DIR=$ZIG_GLOBAL_CACHE_DIR\n");
    machine.write("shop/main.go", CGO);
    machine
}

/// gomedic says that zig serves, its own build agrees, the user's build with
/// that CC succeeds, and what comes out of it is for the target.
fn serves(version: &str) {
    let machine = machine(version);
    let cells = tried(&machine, &SERVED.map(|(target, ..)| target).join(","));
    for (target, cc, expected) in SERVED {
        assert_eq!(results(&cells, target), ["fails", "fails", "builds"], "{cells:#?}");
        assert_eq!(cells[&format!("{target} 1")]["cc"], cc);
        let (goos, goarch) = target.split_once('/').expect("a target");
        let build = format!("CGO_ENABLED=1 CC='{cc}' GOOS={goos} GOARCH={goarch} go build");
        let shown = machine.gomedic(&format!("cross --color never --target {target}"));
        assert!(shown.works().stdout.contains(&build), "{shown:?}");
        machine.terminal(&format!("{build} -o ~/out/shop .")).works();
        machine.gomedic(&format!("inspect --expect '{expected},cgo=on,go>={version},nonempty' ~/out/shop")).works();
        machine.gomedic("inspect --expect cgo=off ~/out/shop").fails_with("cgo");
    }
}
