//! Go's names of the platforms that it builds for.

/// The operating systems that Go builds for.
pub const SYSTEMS: [&str; 15] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "linux",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
];

/// The architectures that Go builds for.
pub const ARCHITECTURES: [&str; 14] = [
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64",
    "s390x", "wasm",
];

/// True for Go's name of an operating system or an architecture.
#[must_use]
pub fn is_platform_word(word: &str) -> bool {
    SYSTEMS.contains(&word) || ARCHITECTURES.contains(&word)
}
