//! What a build is made for, and which files belong to it.

use super::constraint::Constraint;

/// What packages are looked up for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    /// The operating system, by Go's name.
    pub goos: String,
    /// The architecture, by Go's name.
    pub goarch: String,
    /// Whether cgo is in use.
    pub cgo: CgoUse,
}

/// Whether a build uses cgo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CgoUse {
    /// `CGO_ENABLED=1`.
    On,
    /// `CGO_ENABLED=0`.
    Off,
}

/// The systems that file names are known by: those that Go has had, or has
/// reserved.
const FILE_SYSTEMS: [&str; 18] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];

/// The architectures that file names are known by.
const FILE_ARCHITECTURES: [&str; 24] = [
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "armbe",
    "arm64",
    "arm64be",
    "loong64",
    "mips",
    "mipsle",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// The systems of the tag `unix`.
const UNIX: [&str; 13] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "linux",
    "netbsd",
    "openbsd",
    "solaris",
    "zos",
];

/// The tags of a build.
#[derive(Debug, Clone)]
pub(crate) struct Tags {
    goos: String,
    goarch: String,
    cgo: CgoUse,
    /// The language version of the Go that builds.
    go: (u32, u32),
    /// Tags that the user or the settings add.
    more: Vec<String>,
}

impl Tags {
    /// The tags for a target, as the Go of this version sets them.
    pub(crate) fn new(target: &Target, go: (u32, u32), more: &[String]) -> Tags {
        let Target { goos, goarch, cgo } = target.clone();
        Tags { goos, goarch, cgo, go, more: more.to_vec() }
    }

    /// The same with cgo.
    pub(crate) fn with_cgo(&self) -> Tags {
        Tags { cgo: CgoUse::On, ..self.clone() }
    }

    /// Whether cgo is in use.
    pub(crate) fn cgo(&self) -> CgoUse {
        self.cgo
    }

    /// Whether a tag is set.
    pub(crate) fn has(&self, tag: &str) -> bool {
        let tag = if tag == "boringcrypto" { "goexperiment.boringcrypto" } else { tag };
        match tag {
            "gc" => true,
            "cgo" => self.cgo == CgoUse::On || self.is_added(tag),
            "unix" => UNIX.contains(&self.goos.as_str()) || self.is_added(tag),
            "linux" if self.goos == "android" => true,
            "solaris" if self.goos == "illumos" => true,
            "darwin" if self.goos == "ios" => true,
            _ => tag == self.goos || tag == self.goarch || self.is_release(tag) || self.is_added(tag),
        }
    }

    fn is_added(&self, tag: &str) -> bool {
        self.more.iter().any(|more| more == tag)
    }

    /// `go1.1` up to the Go that builds.
    fn is_release(&self, tag: &str) -> bool {
        let Some(minor) = tag.strip_prefix("go1.") else { return false };
        let is_number = !minor.starts_with('0') && minor.bytes().all(|byte| byte.is_ascii_digit());
        is_number && minor.parse().is_ok_and(|minor: u32| minor >= 1 && (1, minor) <= self.go)
    }

    /// Whether a constraint holds.
    pub(crate) fn meet(&self, constraint: &Constraint) -> bool {
        constraint.holds(&|tag| self.has(tag))
    }

    /// Whether a file's name lets it into this build: `a_linux_arm64.go`.
    /// What stands before the first `_` does not count.
    pub(crate) fn take_name(&self, name: &str) -> bool {
        let stem = name.split('.').next().unwrap_or_default();
        let mut words: Vec<&str> = stem.split('_').skip(1).collect();
        if words.last() == Some(&"test") {
            words.pop();
        }
        let is_system = |word: &str| FILE_SYSTEMS.contains(&word);
        let is_architecture = |word: &str| FILE_ARCHITECTURES.contains(&word);
        match words.as_slice() {
            [.., system, architecture] if is_system(system) && is_architecture(architecture) => {
                self.has(system) && self.has(architecture)
            }
            [.., word] if is_system(word) || is_architecture(word) => self.has(word),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(goos: &str, goarch: &str) -> Tags {
        let target = Target { goos: goos.into(), goarch: goarch.into(), cgo: CgoUse::Off };
        Tags::new(&target, (1, 24), &["mine".to_owned()])
    }

    #[test]
    fn names_choose_their_platform() {
        let linux = tags("linux", "arm64");
        for (name, expected) in [
            ("a.go", true),
            ("linux.go", true),
            ("windows.go", true),
            ("a_linux.go", true),
            ("a_linux_arm64.go", true),
            ("a_linux_amd64.go", false),
            ("a_windows_arm64.go", false),
            ("a_arm64_linux.go", true),
            ("a_windows_linux.go", true),
            ("a_windows_x.go", true),
            ("a_windows.x.go", false),
            ("a_windows_test.go", false),
            ("_windows.go", false),
            ("a_nacl.go", false),
            ("a_unix.go", true),
            ("a_.go", true),
            ("a_test.go", true),
        ] {
            assert_eq!(linux.take_name(name), expected, "{name}");
        }
        assert!(tags("android", "arm64").take_name("a_linux.go") && tags("ios", "arm64").take_name("a_darwin.go"));
        assert!(tags("illumos", "amd64").take_name("a_solaris.go"));
        assert!(!tags("linux", "arm64").take_name("a_android.go"));
    }

    #[test]
    fn tags_are_those_that_go_sets() {
        let linux = tags("linux", "arm64");
        for tag in ["linux", "arm64", "unix", "gc", "go1.1", "go1.24", "mine"] {
            assert!(linux.has(tag), "{tag}");
        }
        for tag in
            ["windows", "amd64", "cgo", "gccgo", "go1.25", "go1", "go1.024", "go1.", "go1.0", "ignore", "boringcrypto"]
        {
            assert!(!linux.has(tag), "{tag}");
        }
        assert!(linux.with_cgo().has("cgo"));
        assert!(!tags("windows", "amd64").has("unix") && !tags("js", "wasm").has("unix"));
    }
}
