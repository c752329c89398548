//! What to do about an obstacle.

use super::super::Binary;
use super::obstacle::{Lack, LackingLibrary, LackingVersion, Obstacle, Platform};

impl Obstacle {
    /// What to do, in a sentence. None where nothing is known that helps.
    #[must_use]
    pub fn advice(&self, binary: &Binary) -> Option<String> {
        match self {
            Obstacle::Platform { here, .. } => Some(other_platform(binary, here)),
            Obstacle::Processor { .. } => Some("Build it again with GOAMD64=v1, or without GOAMD64.".to_owned()),
            Obstacle::Loader(path) => Some(loader(binary, &path.to_string_lossy())),
            Obstacle::Interpreter(path) if path.ends_with('\r') => {
                Some("Write it with line feeds alone: sed -i 's/\\r$//' FILE.".to_owned())
            }
            Obstacle::Unusable(path) => Some(format!("See what stands at {} and who may execute it.", path.display())),
            Obstacle::Interpreter(_) | Obstacle::Command(_) => {
                Some("Install it, or let the first line name one that is here.".to_owned())
            }
            Obstacle::NoInterpreter => Some("Let the first line name one, such as #!/bin/sh.".to_owned()),
            Obstacle::Libraries(libraries) => Some(lacking_libraries(binary, libraries)),
            Obstacle::Versions(versions) => Some(old_versions(binary, versions)),
            Obstacle::Mode(_) => Some("chmod +x FILE.".to_owned()),
            Obstacle::NoExec(_) => Some("Copy it to a file system that allows programs.".to_owned()),
        }
    }
}

fn is_go(binary: &Binary) -> bool {
    binary.go.is_some() || binary.go_build_id.is_some()
}

fn used_cgo(binary: &Binary) -> bool {
    binary.go.as_ref().and_then(|go| go.settings.get("CGO_ENABLED")).is_some_and(|value| value == "1")
}

fn other_platform(binary: &Binary, here: &Platform) -> String {
    if is_go(binary) {
        return format!("Build it for here: GOOS={} GOARCH={} go build.", here.goos, here.goarch);
    }
    let same_system = binary.goos.as_deref().is_none_or(|goos| goos == here.goos);
    let emulator =
        if same_system && here.goos == "linux" { ", or install an emulator (qemu-user with binfmt_misc)" } else { "" };
    format!("Get the one for {here}{emulator}.")
}

fn loader(binary: &Binary, path: &str) -> String {
    let built_for = if path.contains("musl") {
        "It was built for musl, the C library of Alpine."
    } else if path.contains("/ld-linux") || path.contains("/ld64.so") {
        "It was built for glibc, the C library of most distributions."
    } else {
        "It was built for another system."
    };
    let what = if !is_go(binary) {
        "Get the build for this system, or install that C library."
    } else if binary.go.as_ref().is_some_and(|go| go.settings.get("-buildmode").is_some_and(|mode| mode == "pie"))
        && !used_cgo(binary)
    {
        "Build it again without -buildmode=pie: it needs no loader then."
    } else {
        "Build it again with CGO_ENABLED=0: it needs no loader then; or build it here."
    };
    format!("{built_for} {what}")
}

fn lacking_libraries(binary: &Binary, libraries: &[LackingLibrary]) -> String {
    match libraries.first().map(|library| &library.lack) {
        Some(Lack::NotInCache(_)) => "Have the cache made again: sudo ldconfig.".to_owned(),
        Some(Lack::Foreign(_)) => "Install the library for the program's own architecture.".to_owned(),
        _ if is_go(binary) => {
            "Install the package that brings it, or build again without cgo (CGO_ENABLED=0) where the program allows."
                .to_owned()
        }
        _ => "Install the package that brings it, or name its folder in LD_LIBRARY_PATH.".to_owned(),
    }
}

fn old_versions(binary: &Binary, versions: &[LackingVersion]) -> String {
    let is_libc = versions.first().is_some_and(|version| version.version.starts_with("GLIBC_"));
    match (is_libc, is_go(binary)) {
        (true, true) => {
            "Build it again with CGO_ENABLED=0, or on a system as old as this one. The C library itself comes with the system and is not replaced."
        }
        (true, false) => {
            "Get a build for this release of the system. The C library itself comes with the system and is not replaced."
        }
        (false, _) => "Install a newer version of the library, or build the program here.",
    }
    .to_owned()
}
