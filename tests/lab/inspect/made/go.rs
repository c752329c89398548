//! Programs of Go: packages and linked programs for every platform, in more
//! ways for those whose formats differ, with and without cgo.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Workshop, each};
use crate::inspect::printed;
use crate::tools::go_root;

const NEW: &str = "1.27.3";
const OLD: &str = "1.21.13";

/// Of every format, width and byte order: linked in every way.
const VARIED: [&str; 14] = [
    "linux/amd64",
    "linux/386",
    "linux/arm64",
    "linux/arm",
    "linux/ppc64le",
    "linux/s390x",
    "android/arm64",
    "windows/amd64",
    "windows/386",
    "darwin/arm64",
    "freebsd/amd64",
    "openbsd/amd64",
    "plan9/386",
    "js/wasm",
];

/// Ways to link: a name, and go build's options.
const VARIATIONS: [(&str, &[&str]); 3] =
    [("whole", &[]), ("stripped", &["-ldflags", "-s -w"]), ("without-debug", &["-ldflags", "-w"])];
/// Without inlining, Go's runtime is compiled in two thirds of the time.
const QUICK: (&str, &[&str]) = ("whole", &["-gcflags", "all=-l"]);

/// What Go does not link by itself: it asks for the linker of the NDK or of
/// Xcode, which a C compiler starts.
const EXTERNAL: [&str; 5] = ["android/386", "android/amd64", "android/arm", "ios/amd64", "ios/arm64"];

const PLAIN: &str = "package main\n\nfunc main() { println(\"hello\") }\n";
const CGO: &str =
    "package main\n\n// int answer(void) { return 42; }\nimport \"C\"\n\nfunc main() { println(C.answer()) }\n";

pub(super) fn make(workshop: &Workshop) {
    workshop.write("go/plain/go.mod", b"module example.com/plain\n\ngo 1.19\n", 0o644);
    workshop.write("go/plain/main.go", PLAIN.as_bytes(), 0o644);
    workshop.write("go/cgo/go.mod", b"module example.com/cgo\n\ngo 1.19\n", 0o644);
    workshop.write("go/cgo/main.go", CGO.as_bytes(), 0o644);
    workshop.path("go/out/file");
    let list = printed(go(workshop, NEW, "linux/amd64").args(["tool", "dist", "list"]));
    let platforms: Vec<&str> = list.lines().collect();
    assert!(platforms.len() > 40, "{list}");
    each(&platforms, |platform| {
        let name = format!("../out/{}.a", platform.replace('/', "-"));
        workshop.tool_in(
            "go/plain",
            go(workshop, NEW, platform).args(["tool", "compile", "-p", "main", "-o", &name, "main.go"]),
        );
    });
    each(&platforms, |platform| {
        if EXTERNAL.contains(platform) {
            return refused(workshop, platform);
        }
        let ways: &[(&str, &[&str])] = if VARIED.contains(platform) { &VARIATIONS } else { &[QUICK] };
        for (name, options) in ways {
            let name = format!("../out/{}-{name}", platform.replace('/', "-"));
            let mut command = go(workshop, NEW, platform);
            command.args(["build", "-trimpath", "-o", &name]).args(*options).arg(".");
            workshop.tool_in("go/plain", &mut command);
        }
    });
    let old = ["build", "-trimpath", "-o", "../out/old", "."];
    workshop.tool_in("go/plain", go(workshop, OLD, own()).args(old));
    for (name, compiler, flags) in [
        ("dynamic", "gcc", ""),
        ("dynamic-stripped", "gcc", "-s -w"),
        ("static", "gcc", "-linkmode external -extldflags -static"),
        ("with-id", "gcc", "-B gobuildid"),
        ("musl", "musl-gcc", "-linkmode external"),
        ("musl-static", "musl-gcc", "-linkmode external -extldflags -static"),
    ] {
        let name = format!("../out/cgo-{name}");
        let mut command = go(workshop, NEW, own());
        command.args(["build", "-trimpath", "-ldflags", flags, "-o", &name, "."]);
        workshop.tool_in("go/cgo", command.env("CGO_ENABLED", "1").env("CC", compiler));
    }
}

/// Proves that Go links nothing for a platform without C.
fn refused(workshop: &Workshop, platform: &str) {
    let mut command = go(workshop, NEW, platform);
    let output = command.args(["build", "-o", "/dev/null", "."]).current_dir(workshop.path("go/plain")).output();
    let said = String::from_utf8_lossy(&output.expect("go can be started").stderr).into_owned();
    assert!(said.contains("requires external (cgo) linking, but cgo is not enabled"), "{platform}: {said}");
}

/// The platform that this is.
fn own() -> &'static str {
    if cfg!(target_arch = "aarch64") { "linux/arm64" } else { "linux/amd64" }
}

/// A Go of this version that builds for a platform. What it compiles is kept
/// for the next time.
fn go(workshop: &Workshop, version: &str, platform: &str) -> Command {
    let (goos, goarch) = platform.split_once('/').expect("a platform");
    let root: PathBuf = go_root(version);
    let mut command = Command::new(root.join("bin/go"));
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inspect-go-cache");
    let paths = [("GOCACHE", cache), ("GOROOT", root), ("GOPATH", workshop.folder().join("gopath"))];
    let settings = [("GOOS", goos), ("GOARCH", goarch), ("CGO_ENABLED", "0"), ("GOTOOLCHAIN", "local")];
    let quiet = [("GOENV", "off"), ("GOFLAGS", ""), ("GOPROXY", "off"), ("GOTELEMETRY", "off")];
    command.envs(paths).envs(settings).envs(quiet).env_remove("GOEXPERIMENT");
    command
}
