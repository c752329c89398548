//! The platform that the name of a program promises.

use std::path::Path;

use crate::probes::go::{ARCHITECTURES, SYSTEMS};

/// Other names of operating systems.
const SYSTEM_NAMES: [(&str, &str); 5] =
    [("macos", "darwin"), ("osx", "darwin"), ("win32", "windows"), ("win64", "windows"), ("sunos", "solaris")];

/// Other names of architectures.
const ARCHITECTURE_NAMES: [(&str, &str); 19] = [
    ("x64", "amd64"),
    ("aarch64", "arm64"),
    ("arm64v8", "arm64"),
    ("armv5", "arm"),
    ("armv6", "arm"),
    ("armv6l", "arm"),
    ("armv6hf", "arm"),
    ("armv7", "arm"),
    ("armv7l", "arm"),
    ("armv7hf", "arm"),
    ("armhf", "arm"),
    ("armel", "arm"),
    ("i386", "386"),
    ("i686", "386"),
    ("ppc64el", "ppc64le"),
    ("powerpc64le", "ppc64le"),
    ("loongarch64", "loong64"),
    ("mipsel", "mipsle"),
    ("mips64el", "mips64le"),
];

/// Words that may follow those of a platform: versions of the architecture,
/// and libraries.
const QUALIFIERS: [&str; 13] = [
    "v1",
    "v2",
    "v3",
    "v4",
    "v8.0",
    "softfloat",
    "hardfloat",
    "musl",
    "gnu",
    "static",
    "sse2",
    "gnueabihf",
    "musleabihf",
];

/// A platform that a name promises, in Go's words. At least one part is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PlatformClaim {
    /// The operating system.
    pub goos: Option<&'static str>,
    /// The architecture.
    pub goarch: Option<&'static str>,
}

impl PlatformClaim {
    /// What the path of a program below an output folder promises.
    /// `import_path` is that of its main package, where it is known: the words
    /// of its own name promise nothing.
    #[must_use]
    pub fn of(below: &Path, import_path: Option<&str>) -> Option<PlatformClaim> {
        let own_name = import_path.and_then(command_name);
        let file = below.file_name()?.to_str()?.to_ascii_lowercase();
        let folder = below.parent().and_then(Path::to_str).unwrap_or_default().to_ascii_lowercase();
        let by_file = PlatformClaim::of_file(&file, own_name.as_deref());
        let by_folder = PlatformClaim::of_words(&folder).filter(PlatformClaim::is_whole).unwrap_or_default();
        let claim =
            PlatformClaim { goos: by_file.goos.or(by_folder.goos), goarch: by_file.goarch.or(by_folder.goarch) };
        (claim != PlatformClaim::default()).then_some(claim)
    }

    fn of_file(file: &str, own_name: Option<&str>) -> PlatformClaim {
        let (stem, windows) = match file.strip_suffix(".exe") {
            Some(stem) => (stem, Some("windows")),
            None => (file, None),
        };
        let behind = own_name.and_then(|name| stem.strip_prefix(name)).filter(|rest| !starts_with_letter(rest));
        let claim = match behind {
            // `shop-arm64` of a program that is called shop.
            Some(rest) => PlatformClaim::of_words(rest).filter(|claim| claim.is_whole() || claim.ends(rest)),
            // Any program may be called `linux-agent`: only both together
            // promise something.
            None if own_name.is_none() => PlatformClaim::of_words(stem).filter(PlatformClaim::is_whole),
            None => PlatformClaim::of_words(stem).filter(|claim| claim.is_whole() && !is_part(own_name, stem)),
        };
        let claim = claim.unwrap_or_default();
        PlatformClaim { goos: claim.goos.or(windows), ..claim }
    }

    /// None where words contradict each other, or there are none.
    fn of_words(text: &str) -> Option<PlatformClaim> {
        let mut claim = PlatformClaim::default();
        for word in words(text) {
            for (slot, found) in [(&mut claim.goos, system(&word)), (&mut claim.goarch, architecture(&word))] {
                match (*slot, found) {
                    (Some(one), Some(other)) if one != other => return None,
                    (None, Some(_)) => *slot = found,
                    _ => {}
                }
            }
        }
        (claim != PlatformClaim::default()).then_some(claim)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.goos.is_some() && self.goarch.is_some()
    }

    /// True when the last word of a text that says something is of the
    /// platform.
    fn ends(&self, text: &str) -> bool {
        let last = words(text).into_iter().rfind(|word| !QUALIFIERS.contains(&word.as_str()));
        last.is_some_and(|word| system(&word).or_else(|| architecture(&word)).is_some())
    }

    /// True when a program of this platform keeps the promise. What is not
    /// known of either breaks none.
    #[must_use]
    pub fn is_kept_by(&self, goos: Option<&str>, goarch: Option<&str>) -> bool {
        let same_system = match (self.goos, goos) {
            (Some(claimed), Some(real)) => family(claimed) == family(real),
            _ => true,
        };
        let same_architecture = match (self.goarch, goarch) {
            (Some(claimed), Some(real)) => claimed == real,
            _ => true,
        };
        same_system && same_architecture
    }
}

impl std::fmt::Display for PlatformClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.goos, self.goarch) {
            (Some(goos), Some(goarch)) => write!(f, "{goos}/{goarch}"),
            (one, other) => f.write_str(one.or(other).unwrap_or_default()),
        }
    }
}

/// What `go build` calls the program of a package, in small letters. None for
/// one that was built from files by name.
pub(super) fn command_name(import_path: &str) -> Option<String> {
    let is_version =
        |word: &str| word.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let name = import_path.rsplit('/').find(|word| !is_version(word))?;
    (!name.is_empty() && name != "command-line-arguments").then(|| name.to_ascii_lowercase())
}

/// True when a program's own name has words of a platform in it, and they are
/// in this name too.
fn is_part(own_name: Option<&str>, stem: &str) -> bool {
    own_name.is_some_and(|name| stem.contains(name) && PlatformClaim::of_words(name).is_some())
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric())
}

/// `x86_64` is one word and the others are not: it is written in another way
/// first. `x86` alone means either.
fn words(text: &str) -> Vec<String> {
    let text = text.replace("x86_64", "amd64").replace("x86-64", "amd64");
    text.split(['-', '_', '.', '/', '+', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `js` and `wasip1` are no systems that a header tells.
fn system(word: &str) -> Option<&'static str> {
    let own = SYSTEMS.into_iter().find(|name| *name == word && !matches!(*name, "js" | "wasip1"));
    own.or_else(|| SYSTEM_NAMES.iter().find(|(name, _)| *name == word).map(|(_, goos)| *goos))
}

fn architecture(word: &str) -> Option<&'static str> {
    let own = ARCHITECTURES.into_iter().find(|name| *name == word && *name != "wasm");
    own.or_else(|| ARCHITECTURE_NAMES.iter().find(|(name, _)| *name == word).map(|(_, goarch)| *goarch))
}

/// Systems whose programs also run on one another: what is built for Linux
/// without cgo runs on Android, and is often called so.
fn family(goos: &str) -> &str {
    match goos {
        "android" => "linux",
        "ios" => "darwin",
        "illumos" => "solaris",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(below: &str, import_path: &str) -> String {
        let import_path = Some(import_path).filter(|path| !path.is_empty());
        PlatformClaim::of(Path::new(below), import_path).map(|claim| claim.to_string()).unwrap_or_default()
    }

    #[test]
    fn names_promise_platforms() {
        for (below, expected) in [
            ("shop-linux-arm64", "linux/arm64"),
            ("shop_windows_amd64.exe", "windows/amd64"),
            ("shop_1.2.0_macOS_x86_64", "darwin/amd64"),
            ("linux-arm64-shop", "linux/arm64"),
            ("shop-v1.2-linux-armv7", "linux/arm"),
            ("shop-arm64", "arm64"),
            ("shop_darwin", "darwin"),
            ("shop-amd64-v3", "amd64"),
            ("shop.exe", "windows"),
            ("shop-arm64.exe", "windows/arm64"),
            ("shop_linux_arm64_v8.0/shop", "linux/arm64"),
            ("linux/386/shop", "linux/386"),
            ("windows_amd64/shop.exe", "windows/amd64"),
            ("SHOP-Linux-AARCH64", "linux/arm64"),
        ] {
            assert_eq!(claim(below, "example.com/shop/cmd/shop"), expected, "{below}");
        }
    }

    #[test]
    fn a_programs_own_words_promise_nothing() {
        for (below, import_path) in [
            ("shop", "example.com/shop"),
            ("linux-agent", "example.com/linux-agent"),
            ("agent-linux", "example.com/agent-linux"),
            ("helper-linux-amd64", "example.com/cmd/helper-linux-amd64"),
            ("windows_exporter", "github.com/prometheus-community/windows_exporter"),
            ("windows-shop", "example.com/shop"),
            ("shop-x86", "example.com/shop"),
            ("shop-android-linux-arm64", "example.com/shop"),
            ("shop-linux.v2", "example.com/other"),
            ("shop-arm64", "command-line-arguments"),
            ("shop-arm64", ""),
            ("shop-wasm", "example.com/shop"),
            ("shoparm64", "example.com/shop"),
            ("linux/shop", "example.com/shop"),
            ("shop-linux-tests", "example.com/shop"),
            ("windows/installer/shop", "example.com/shop"),
            ("", ""),
        ] {
            assert_eq!(claim(below, import_path), "", "{below}");
        }
        assert_eq!(claim("agent-linux-arm64", "example.com/agent-linux"), "arm64");
        assert_eq!(claim("shop-darwin", "example.com/shop/v2"), "darwin");
    }

    #[test]
    fn what_is_not_known_breaks_no_promise() {
        let claim = PlatformClaim { goos: Some("linux"), goarch: Some("arm64") };
        assert!(claim.is_kept_by(Some("linux"), Some("arm64")) && claim.is_kept_by(None, None));
        assert!(claim.is_kept_by(Some("android"), Some("arm64")));
        assert!(!claim.is_kept_by(Some("linux"), Some("amd64")) && !claim.is_kept_by(Some("darwin"), Some("arm64")));
        let windows = PlatformClaim { goos: Some("windows"), goarch: None };
        assert!(windows.is_kept_by(Some("windows"), Some("386")) && !windows.is_kept_by(Some("linux"), Some("amd64")));
    }
}
