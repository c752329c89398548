//! Whether a Windows host stands around this machine, weighed from what the
//! machine shows. No single mark is enough: containers inherit the kernel's
//! name, sudo and services lack the variables, and kernels of one's own carry
//! any name.

use std::path::{Path, PathBuf};

use super::Environment;
use crate::model::Evidence;

/// What stands around this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WslClass {
    /// No Windows host.
    #[default]
    Elsewhere,
    /// A distribution under WSL 1, which translates system calls.
    Wsl1,
    /// A distribution in the virtual machine of WSL 2.
    Wsl2,
    /// A distribution that a program keeps for itself, such as Docker
    /// Desktop's.
    Helper,
    /// A container inside that virtual machine.
    Container,
}

/// What stands around this machine, and how it shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wsl {
    /// What it is.
    pub class: WslClass,
    /// The name of the distribution, as Windows knows it.
    pub distribution: Option<String>,
    /// The marks that were weighed.
    pub evidence: Vec<Evidence>,
}

impl WslClass {
    /// True where WSL's own init runs, so that Windows can be asked.
    #[must_use]
    pub fn is_distribution(self) -> bool {
        matches!(self, WslClass::Wsl1 | WslClass::Wsl2 | WslClass::Helper)
    }

    /// `WSL 2`; None where there is no Windows host, or a container between.
    #[must_use]
    pub fn title(self) -> Option<&'static str> {
        match self {
            WslClass::Wsl1 => Some("WSL 1"),
            WslClass::Wsl2 | WslClass::Helper => Some("WSL 2"),
            WslClass::Elsewhere | WslClass::Container => None,
        }
    }
}

/// The programs that are links to WSL's init in every distribution, and in no
/// container.
const OWN_PROGRAMS: [&str; 2] = ["/bin/wslinfo", "/bin/wslpath"];
const INIT: &str = "/init";
/// Where the sockets lie that reach Windows.
const SOCKETS: &str = "/run/WSL";
const CONTAINER_MARKS: [&str; 2] = ["/.dockerenv", "/run/.containerenv"];
/// Distributions that Docker Desktop, Podman and Rancher Desktop keep.
const HELPERS: [&str; 5] =
    ["docker-desktop", "docker-desktop-data", "podman-machine-default", "rancher-desktop", "rancher-desktop-data"];

/// How the machine is looked at: live, or in a recording.
pub(super) struct Sight<'a> {
    /// The kernel's release.
    pub(super) release: Option<&'a str>,
    /// `PRETTY_NAME` of os-release.
    pub(super) system: Option<&'a str>,
    /// The session's environment.
    pub(super) session: &'a Environment,
    /// Where a link points.
    pub(super) link: &'a dyn Fn(&Path) -> Option<PathBuf>,
    /// Whether something exists.
    pub(super) exists: &'a dyn Fn(&Path) -> bool,
}

impl Wsl {
    /// Weighs what can be seen. Off Windows it takes two looks at most.
    pub(super) fn weigh(sight: &Sight<'_>) -> Wsl {
        let release = sight.release.unwrap_or_default();
        let named = release.to_ascii_lowercase().contains("microsoft");
        let own =
            OWN_PROGRAMS.into_iter().find(|path| (sight.link)(Path::new(path)).is_some_and(|to| to == Path::new(INIT)));
        if !named && own.is_none() && sight.session.get("WSL_DISTRO_NAME").is_none() {
            return Wsl::default();
        }
        let there = |path: &&str| (sight.exists)(Path::new(path));
        let container = CONTAINER_MARKS.into_iter().find(there);
        let sockets = there(&SOCKETS);
        let distribution = sight.session.get("WSL_DISTRO_NAME").map(str::to_owned);

        let class = if own.is_some() || (sockets && container.is_none()) {
            let helper = sight.system == Some("Docker Desktop")
                || distribution.as_deref().is_some_and(|name| HELPERS.contains(&name));
            match release.contains("Microsoft") {
                true => WslClass::Wsl1,
                false if helper => WslClass::Helper,
                false => WslClass::Wsl2,
            }
        } else if named {
            WslClass::Container
        } else {
            // A variable alone proves nothing: ssh and sudo can bring it.
            WslClass::Elsewhere
        };
        let mut evidence = vec![Evidence::new("/proc/sys/kernel/osrelease", release)];
        evidence.extend(own.map(|path| Evidence::new(path, "a link to /init, WSL's own")));
        evidence.extend(sockets.then(|| Evidence::new(SOCKETS, "holds the sockets that reach Windows")));
        evidence.extend(distribution.as_ref().map(|name| Evidence::new("WSL_DISTRO_NAME", name)));
        evidence.extend(container.map(|path| Evidence::new(path, "the mark of a container")));
        Wsl { class, distribution, evidence }
    }

    /// What a machine file says in so many words.
    pub(super) fn said(title: &str) -> Wsl {
        let class = if title.contains('1') { WslClass::Wsl1 } else { WslClass::Wsl2 };
        Wsl { class, ..Wsl::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACHINES: &str = include_str!("../../tests/wsl-samples/machine-classes.tsv");
    const RELEASES: &str = include_str!("../../tests/wsl-samples/osrelease-variants.tsv");

    fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
        text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
    }

    fn environment(text: &str) -> Environment {
        let pairs = text.split(' ').filter_map(|word| word.split_once('='));
        let mut environment = Environment::default();
        pairs.for_each(|(name, value)| environment.insert(name, value));
        environment
    }

    fn class_of(release: &str, session: &Environment, own_init: bool, there: &[&str], system: &str) -> WslClass {
        let sight = Sight {
            release: Some(release),
            system: Some(system),
            session,
            link: &|path| (own_init && path == Path::new("/bin/wslinfo")).then(|| INIT.into()),
            exists: &|path| there.iter().any(|known| Path::new(known) == path),
        };
        Wsl::weigh(&sight).class
    }

    #[test]
    fn recorded_machines_are_told_apart() {
        let mut seen = 0;
        for row in rows(MACHINES) {
            let [name, release, variables, own_init, _binfmt, mark, system, expected] = row[..] else {
                panic!("a row of eight: {row:?}")
            };
            let expected = match expected {
                "wsl1-distro" => WslClass::Wsl1,
                "wsl2-distro" => WslClass::Wsl2,
                "wsl2-helper-distro" => WslClass::Helper,
                "container-on-wsl2" => WslClass::Container,
                "native-linux" => WslClass::Elsewhere,
                other => panic!("{other}"),
            };
            let found = class_of(release, &environment(variables), own_init == "yes", &[mark], system);
            assert_eq!(found, expected, "{name}");
            seen += 1;
        }
        assert_eq!(seen, 9);
    }

    #[test]
    fn a_release_says_which_wsl_it_is() {
        for row in rows(RELEASES) {
            let expected = match row[1] {
                "wsl1" => WslClass::Wsl1,
                "wsl2" | "wsl2-if-other-evidence" => WslClass::Wsl2,
                "native-linux" | "docker-desktop-hyperv" => WslClass::Elsewhere,
                other => panic!("{other}"),
            };
            // Only a distribution has WSL's own programs.
            let own_init = expected != WslClass::Elsewhere;
            let found = class_of(row[0], &Environment::default(), own_init, &[], "Ubuntu 24.04");
            assert_eq!(found, expected, "{}", row[0]);
        }
    }

    #[test]
    fn variables_that_came_over_ssh_make_no_wsl() {
        let session = environment("WSL_DISTRO_NAME=Ubuntu WSL_INTEROP=/run/WSL/9_interop");
        assert_eq!(class_of("6.8.0-60-generic", &session, false, &[], "Ubuntu 24.04"), WslClass::Elsewhere);
        assert_eq!(class_of("6.12.9-mykernel", &session, false, &[SOCKETS], "Ubuntu 24.04"), WslClass::Wsl2);
    }

    /// The release is the third word of the kernel's version.
    #[test]
    fn a_version_says_the_same() {
        let mut seen = 0;
        for row in rows(include_str!("../../tests/wsl-samples/proc-version-variants.tsv")) {
            let release = row[0].split(' ').nth(2).unwrap();
            let expected = match row[1] {
                "wsl1" => WslClass::Wsl1,
                "wsl2" => WslClass::Wsl2,
                "unknown-by-name" | "native-linux" => WslClass::Elsewhere,
                other => panic!("{other}"),
            };
            let own_init = expected != WslClass::Elsewhere;
            assert_eq!(class_of(release, &Environment::default(), own_init, &[], "Ubuntu"), expected, "{release}");
            seen += 1;
        }
        assert_eq!(seen, 6);
    }
}
