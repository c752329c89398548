use std::path::{Path, PathBuf};

use crate::host::Host;
use crate::probes::go::is_platform_word;

/// Files that say how the project is built.
pub(super) const BUILD_FILES: [&str; 13] = [
    "Makefile",
    "makefile",
    "GNUmakefile",
    "Taskfile.yml",
    "Taskfile.yaml",
    "justfile",
    "magefile.go",
    "build.sh",
    "scripts/build.sh",
    ".goreleaser.yml",
    ".goreleaser.yaml",
    "Dockerfile",
    "template.yaml",
];

/// Words that a file name says a platform with, besides Go's own.
const OTHER_NAMES: [&str; 18] = [
    "macos",
    "osx",
    "apple",
    "mac",
    "win",
    "win32",
    "win64",
    "x64",
    "x86",
    "x86_64",
    "i386",
    "i686",
    "aarch64",
    "armv5",
    "armv6",
    "armv7",
    "musl",
    "universal",
];

/// Endings of files that are never meant to run as they are.
const OTHER_ENDINGS: [&str; 7] = [".exe", ".wasm", ".dll", ".dylib", ".a", ".o", ".test"];

/// A file that says how a project is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::probes) struct BuildFile {
    /// The file.
    pub(in crate::probes) path: PathBuf,
    /// What it says.
    pub(in crate::probes) text: String,
}

/// The files of a project that say how it is built.
pub(in crate::probes) fn build_files(host: &dyn Host, root: &Path) -> Vec<BuildFile> {
    let paths = BUILD_FILES.iter().map(|name| root.join(name));
    paths.filter_map(|path| Some(BuildFile { text: host.read_text(&path).ok()?, path })).collect()
}

/// The platforms that the project is built for on purpose.
#[derive(Debug, Default)]
pub(super) struct CrossTargets {
    text: String,
}

impl CrossTargets {
    /// What the build files of a project name.
    pub(super) fn of(host: &dyn Host, root: &Path) -> CrossTargets {
        let texts = build_files(host, root).into_iter().map(|file| file.text);
        let text = texts.filter(|text| ["GOOS", "GOARCH", "goos", "goarch"].iter().any(|word| text.contains(word)));
        CrossTargets { text: text.collect::<Vec<_>>().join("\n") }
    }

    /// True when a build file names this operating system or architecture.
    pub(super) fn name(&self, goos: &str, goarch: &str) -> bool {
        self.text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == goos || word == goarch)
    }
}

/// True when a file's name says that it is for a certain platform, or that it
/// is no program for this one. `bootstrap` is what AWS Lambda runs.
pub(super) fn says_platform(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "bootstrap"
        || name.contains(".so")
        || OTHER_ENDINGS.iter().any(|ending| name.ends_with(ending))
        || name.contains("x86_64")
        || name.split(['-', '_', '.']).any(|word| is_platform_word(word) || OTHER_NAMES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_was_made_on_purpose() {
        for name in [
            "app-windows-amd64.exe",
            "app_linux_arm64",
            "shop.wasm",
            "shop-macOS",
            "libshop.so.1",
            "app-x86_64",
            "bootstrap",
        ] {
            assert!(says_platform(name), "{name}");
        }
        for name in ["app", "shop", "gopls", "arms", "dlv", "windowsill", "linuxkit"] {
            assert!(!says_platform(name), "{name}");
        }
    }

    #[test]
    fn build_files_name_targets_as_words() {
        let targets = CrossTargets { text: "GOOS=linux GOARCH=arm64 go build -o bin/app\n".into() };
        assert!(targets.name("linux", "arm64") && targets.name("darwin", "arm64"));
        assert!(!targets.name("darwin", "arm") && !CrossTargets::default().name("linux", "amd64"));
    }
}
