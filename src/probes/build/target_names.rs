//! Targets, by Go's names and by those that C compilers give them.

use crate::host::Machine;
use crate::model::Target;
use crate::probes::go::{ARCHITECTURES, SYSTEMS};

/// The machine's own.
pub(super) fn of_machine(machine: &Machine) -> Target {
    Target::new(machine.goos(), machine.goarch())
}

/// The target that `linux_arm64` names; None for names that Go does not have.
pub(super) fn of_pair(pair: &str) -> Option<Target> {
    let (goos, goarch) = pair.split_once('_')?;
    (SYSTEMS.contains(&goos) && ARCHITECTURES.contains(&goarch)).then(|| Target::new(goos, goarch))
}

/// The target of a compiler: `aarch64-linux-gnu`, `x86_64-w64-mingw32`. None
/// for one without an operating system, and for one that is not known.
pub(super) fn of_triple(triple: &str) -> Option<Target> {
    let mut parts = triple.split('-');
    let goarch = architecture(parts.next()?)?;
    // Android is a Linux that says so behind.
    parts.filter_map(system).next_back().map(|goos| Target::new(goos, goarch))
}

fn architecture(word: &str) -> Option<&'static str> {
    Some(match word {
        "x86_64" | "amd64" => "amd64",
        "i386" | "i486" | "i586" | "i686" | "x86" => "386",
        "aarch64" | "arm64" => "arm64",
        "powerpc64le" | "ppc64le" => "ppc64le",
        "powerpc64" | "ppc64" => "ppc64",
        "riscv64" | "riscv64gc" => "riscv64",
        "s390x" => "s390x",
        "loongarch64" => "loong64",
        "mips64el" => "mips64le",
        "mips64" => "mips64",
        "mipsel" => "mipsle",
        "mips" => "mips",
        _ if word == "arm" || word.starts_with("armv") || word.starts_with("armhf") => "arm",
        _ => return None,
    })
}

fn system(word: &str) -> Option<&'static str> {
    let known = [
        ("linux", "linux"),
        ("android", "android"),
        ("mingw", "windows"),
        ("windows", "windows"),
        ("freebsd", "freebsd"),
        ("netbsd", "netbsd"),
        ("openbsd", "openbsd"),
        ("darwin", "darwin"),
        ("macos", "darwin"),
    ];
    known.into_iter().find(|(start, _)| word.starts_with(start)).map(|(_, goos)| goos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_of_compilers_are_read() {
        for (triple, platform) in [
            ("aarch64-linux-gnu", Some("linux/arm64")),
            ("x86_64-w64-mingw32", Some("windows/amd64")),
            ("aarch64-linux-android21", Some("android/arm64")),
            ("arm-linux-gnueabihf", Some("linux/arm")),
            ("armv7l-unknown-linux-musleabihf", Some("linux/arm")),
            ("x86_64-conda-linux-gnu", Some("linux/amd64")),
            ("i686-w64-mingw32", Some("windows/386")),
            ("x86_64-windows-gnu", Some("windows/amd64")),
            ("arm64-apple-darwin23", Some("darwin/arm64")),
            ("mipsel-linux-gnu", Some("linux/mipsle")),
            ("arm-none-eabi", None),
            ("riscv64-unknown-elf", None),
            ("avr", None),
            ("linux-aarch64", None),
            ("-", None),
            ("\u{fffd}-linux", None),
        ] {
            assert_eq!(of_triple(triple).map(|it| it.to_string()).as_deref(), platform, "{triple}");
        }
    }

    #[test]
    fn pairs_are_names_that_go_has() {
        assert_eq!(of_pair("linux_arm64"), Some(Target::new("linux", "arm64")));
        for other in ["aarch64_unknown_linux_gnu", "linux_x64", "linux", "arm64_linux", "", "_"] {
            assert_eq!(of_pair(other), None, "{other}");
        }
    }
}
