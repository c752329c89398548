//! Packages, by the names and with the programs of each distribution.

use crate::host::Machine;
use crate::model::{Class, Fix, Inverse, Privilege, Step};

/// What one thing is called in the distributions; several packages are
/// separated by blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// Debian, Ubuntu and what comes from them.
    pub debian: &'static str,
    /// Fedora, RHEL and their like.
    pub fedora: &'static str,
    /// Arch.
    pub arch: &'static str,
    /// Alpine.
    pub alpine: &'static str,
    /// openSUSE and SLES.
    pub suse: &'static str,
}

/// The compiler that Go looks for, with the headers of the C library.
pub const GCC: Package =
    Package { debian: "gcc libc6-dev", fedora: "gcc", arch: "gcc", alpine: "gcc musl-dev", suse: "gcc" };

impl Package {
    /// A package of the same name everywhere.
    #[must_use]
    pub const fn named(name: &'static str) -> Package {
        Package { debian: name, fedora: name, arch: name, alpine: name, suse: name }
    }
}

/// A distribution's package manager.
struct Manager {
    /// Names of the family in os-release.
    families: &'static [&'static str],
    install: &'static [&'static str],
    remove: &'static [&'static str],
    package: fn(&Package) -> &'static str,
}

const MANAGERS: [Manager; 5] = [
    Manager {
        families: &["debian", "ubuntu"],
        install: &["apt-get", "install", "-y"],
        remove: &["apt-get", "remove", "-y"],
        package: |package| package.debian,
    },
    Manager {
        families: &["fedora", "rhel", "centos"],
        install: &["dnf", "install", "-y"],
        remove: &["dnf", "remove", "-y"],
        package: |package| package.fedora,
    },
    Manager {
        families: &["arch"],
        install: &["pacman", "-S", "--noconfirm"],
        remove: &["pacman", "-R", "--noconfirm"],
        package: |package| package.arch,
    },
    Manager {
        families: &["alpine"],
        install: &["apk", "add"],
        remove: &["apk", "del"],
        package: |package| package.alpine,
    },
    Manager {
        families: &["suse", "opensuse", "sles"],
        install: &["zypper", "--non-interactive", "install"],
        remove: &["zypper", "--non-interactive", "remove"],
        package: |package| package.suse,
    },
];

fn manager_of(machine: &Machine) -> Option<&'static Manager> {
    MANAGERS.iter().find(|manager| manager.families.iter().any(|family| machine.is_like(family)))
}

/// Installs a package with the distribution's own program; on a distribution
/// that is not known the user does it.
#[must_use]
pub fn install(machine: &Machine, package: &Package) -> Fix {
    let Some(manager) = manager_of(machine) else {
        return Fix::manual(
            format!("Install {}", package.debian),
            format!("Install {} with the package manager of this system.", package.debian),
            None,
        );
    };
    let name = (manager.package)(package);
    let step = Step::Run {
        argv: argv(manager.install, name),
        privilege: Privilege::Root,
        inverse: Inverse::Argv(argv(manager.remove, name)),
    };
    Fix::new(format!("Install {name}"), Class::Root, vec![step])
}

/// The command line that installs a package, for the user to run.
#[must_use]
pub fn install_line(machine: &Machine, package: &Package) -> Option<String> {
    let manager = manager_of(machine)?;
    Some(by_hand(manager.install, (manager.package)(package)))
}

/// The command line that removes a package, for the user to run.
#[must_use]
pub fn removal(machine: &Machine, package: &Package) -> Option<String> {
    let manager = manager_of(machine)?;
    Some(by_hand(manager.remove, (manager.package)(package)))
}

/// A command line that may ask.
fn by_hand(words: &[&str], name: &str) -> String {
    let words = words.iter().filter(|word| !matches!(**word, "-y" | "--noconfirm" | "--non-interactive"));
    format!("sudo {}", words.copied().chain([name]).collect::<Vec<_>>().join(" "))
}

fn argv(words: &[&str], name: &str) -> Vec<String> {
    words.iter().copied().chain(name.split(' ')).map(str::to_owned).collect()
}
