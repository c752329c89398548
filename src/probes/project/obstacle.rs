use std::path::PathBuf;

use crate::host::{Binary, Format, Machine};

/// Why a program cannot run on this system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It is built for another platform, as Go names it.
    Platform {
        /// The operating system.
        goos: String,
        /// The architecture.
        goarch: String,
    },
    /// The program that loads it is not there.
    Interpreter(PathBuf),
    /// Libraries that it needs are nowhere.
    Libraries(Vec<String>),
    /// It needs a newer glibc.
    Glibc {
        /// The version it needs.
        required: String,
        /// The version that is installed.
        provided: String,
    },
}

impl Obstacle {
    /// That it is built for another platform, if so. Emulators that the
    /// kernel may know are not considered.
    pub(super) fn of_platform(machine: &Machine, binary: &Binary) -> Option<Obstacle> {
        let goos = binary.goos.clone().or_else(|| (binary.format == Format::Elf).then(|| machine.goos().to_owned()))?;
        let goarch = binary.goarch.clone()?;
        let same_system = goos == machine.goos() || goos == "windows" && machine.is_wsl();
        let same_arch = goarch == machine.goarch()
            || matches!(
                (machine.goos(), machine.goarch(), goarch.as_str()),
                ("linux" | "windows", "amd64", "386") | ("linux", "arm64", "arm") | ("darwin", "arm64", "amd64")
            )
            || machine.is_wsl() && goos == "windows";
        (!same_system || !same_arch).then_some(Obstacle::Platform { goos, goarch })
    }
}
