//! The platforms that have a race detector.

use crate::model::GoVersion;

/// Whether a Go of this version has a race detector for a platform: what
/// `internal/platform` says in Go 1.19 to 1.27.
#[must_use]
pub fn has_race_detector(goos: &str, goarch: &str, go: &GoVersion) -> bool {
    match (goos, goarch) {
        ("linux", "amd64" | "arm64" | "ppc64le" | "s390x") | ("darwin", "amd64" | "arm64") => true,
        ("linux", "loong64") => go.language() >= (1, 25),
        ("linux", "riscv64") => go.language() >= (1, 26),
        ("freebsd" | "netbsd" | "openbsd" | "windows", "amd64") => true,
        _ => false,
    }
}
