//! Source files by which the releases of Go can be told apart.

use crate::model::{GoVersion, Patch};

/// A file of the standard library that not every release has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StdFile {
    /// Where it lies below `src`.
    pub(super) path: &'static str,
    lives: Life,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    /// The first release that has it.
    Since(u32, u32),
    /// The first release that has it no more.
    Until(u32, u32),
}

const fn since(minor: u32, path: &'static str) -> StdFile {
    StdFile { path, lives: Life::Since(1, minor) }
}

const fn until(minor: u32, path: &'static str) -> StdFile {
    StdFile { path, lives: Life::Until(1, minor) }
}

/// Compared in the sources of 1.19.8, 1.21.13, 1.22.10, 1.23.9, 1.24.11,
/// 1.25.5, 1.26.6 and 1.27.3. Unpacking each of them over its predecessor
/// leaves a Go that cannot build, with a VERSION and a compiler that agree.
pub(super) const STD_FILES: [StdFile; 17] = [
    until(21, "syscall/sock_cloexec_linux.go"),
    until(22, "os/str.go"),
    since(22, "runtime/rand.go"),
    until(23, "runtime/exithook.go"),
    until(23, "runtime/msize_allocheaders.go"),
    since(23, "internal/abi/escape.go"),
    until(24, "crypto/aes/cipher_asm.go"),
    since(24, "internal/runtime/maps/map.go"),
    until(25, "runtime/sizeclasses.go"),
    until(25, "runtime/lock_futex_tristate.go"),
    since(25, "internal/runtime/gc/sizeclasses.go"),
    until(26, "internal/abi/map_swiss.go"),
    until(26, "strconv/atoi.go"),
    since(26, "internal/abi/bounds.go"),
    until(27, "internal/strconv/ftoafixed.go"),
    until(27, "runtime/hash64.go"),
    since(27, "internal/runtime/atomic/linkname.go"),
];

impl StdFile {
    /// True when this release cannot have the file. Nothing is said of what
    /// comes between releases.
    pub(super) fn is_foreign_to(self, version: &GoVersion) -> bool {
        if !matches!(version.patch, Patch::Release(_)) {
            return false;
        }
        match self.lives {
            Life::Since(major, minor) => version.language() < (major, minor),
            Life::Until(major, minor) => version.language() >= (major, minor),
        }
    }

    /// The releases that it belongs to, in words.
    pub(super) fn belongs_to(self) -> String {
        match self.lives {
            Life::Since(major, minor) => format!("Go {major}.{minor} and later"),
            Life::Until(major, minor) => format!("Go before {major}.{minor}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(version: &str) -> Vec<&'static str> {
        let version = GoVersion::parse(version).unwrap();
        let all = STD_FILES.iter().filter(|file| file.is_foreign_to(&version));
        all.map(|file| file.path).collect()
    }

    #[test]
    fn every_release_tells_its_neighbours_apart() {
        for minor in 21..27 {
            let older = foreign(&format!("go1.{minor}.5"));
            let newer = foreign(&format!("go1.{}.5", minor + 1));
            assert!(newer.iter().any(|path| !older.contains(path)), "a leftover of 1.{minor} is not seen");
        }
    }

    #[test]
    fn nothing_is_said_of_what_is_no_release() {
        assert!(foreign("go1.27rc1").is_empty());
        assert!(foreign("go1.27").is_empty());
        assert!(foreign("go1.27.3").contains(&"runtime/exithook.go"));
    }
}
