use std::path::{Path, PathBuf};

use super::managers::Manager;
use crate::host::Host;
use crate::model::{Context, GoVersion, Missing};
use crate::probes::{Fact, Probing};

/// The Go installations in the places where Go is known to be put, whether
/// or not any PATH has them.
#[derive(Debug)]
pub struct Installations {
    /// The installations; each real root once.
    pub found: Vec<Installation>,
}

/// A Go installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// Its root, as the place names it.
    pub root: PathBuf,
    /// Who put it there.
    pub origin: Origin,
    /// Its version, from its VERSION file.
    pub version: Option<GoVersion>,
}

/// Who puts Go into a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// `/usr/local/go`, as go.dev says.
    Official,
    /// A folder that somebody unpacked it into.
    Unpacked,
    /// `~/sdk`, by `go install golang.org/dl/go1.N`.
    Sdk,
    /// The distribution.
    Distribution,
    /// Snap.
    Snap,
    /// Homebrew.
    Homebrew,
    /// gvm.
    Gvm,
    /// goenv.
    Goenv,
    /// asdf.
    Asdf,
    /// mise.
    Mise,
    /// A toolchain that Go downloaded into the module cache.
    ModuleCache,
}

impl Origin {
    /// The origin in words, to stand in brackets behind a path.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Origin::Official => "official archive",
            Origin::Unpacked => "unpacked by hand",
            Origin::Sdk => "golang.org/dl",
            Origin::Distribution => "distribution package",
            Origin::Snap => "snap",
            Origin::Homebrew => "Homebrew",
            Origin::Gvm => "gvm",
            Origin::Goenv => "goenv",
            Origin::Asdf => "asdf",
            Origin::Mise => "mise",
            Origin::ModuleCache => "downloaded by go",
        }
    }

    /// True for a version manager, whose choice of a version is its user's.
    #[must_use]
    pub fn is_manager(self) -> bool {
        matches!(self, Origin::Gvm | Origin::Goenv | Origin::Asdf | Origin::Mise)
    }

    /// Who put a Go at this root, judged by the path.
    #[must_use]
    pub fn of(root: &Path) -> Origin {
        let text = root.to_string_lossy();
        let has = |part: &str| text.contains(part);
        if has("/golang.org/toolchain@") {
            Origin::ModuleCache
        } else if has("/.gvm/gos/") {
            Origin::Gvm
        } else if has("/.goenv/versions/") || has("/goenv/versions/") {
            Origin::Goenv
        } else if has("/asdf/installs/golang/") || has("/.asdf/installs/golang/") {
            Origin::Asdf
        } else if has("/mise/installs/go/") {
            Origin::Mise
        } else if text.starts_with("/snap/") {
            Origin::Snap
        } else if has("/linuxbrew/") || has("/Cellar/go") || text.starts_with("/opt/homebrew/") {
            Origin::Homebrew
        } else if text.starts_with("/usr/lib/go")
            || text.starts_with("/usr/share/go")
            || text.starts_with("/usr/lib64/go")
        {
            Origin::Distribution
        } else if text == "/usr/local/go" {
            Origin::Official
        } else if has("/sdk/go") {
            Origin::Sdk
        } else {
            Origin::Unpacked
        }
    }
}

/// Roots at fixed places.
const FIXED: &[&str] = &[
    "/usr/local/go",
    "/usr/lib/go",
    "/usr/lib/golang",
    "/usr/share/go",
    "/opt/go",
    "/snap/go/current",
    "/opt/homebrew/opt/go/libexec",
    "/home/linuxbrew/.linuxbrew/opt/go/libexec",
    "~/go",
    "~/.local/go",
    "~/.go",
    "~/.local/share/go",
];

/// Folders that hold one root per version, with what lies between the
/// version's folder and the root.
const FOLDERS: &[(&str, &str)] = &[
    ("/usr/lib", "go-1."),
    ("/opt", "go"),
    ("/usr/local", "go1."),
    ("~/sdk", "go"),
    ("~/.gvm/gos", "go"),
    ("~/.goenv/versions", ""),
    ("~/.asdf/installs/golang", ""),
    ("~/.local/share/asdf/installs/golang", ""),
    ("~/.local/share/mise/installs/go", ""),
];

impl Fact for Installations {
    const ID: &'static str = "go-installations";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let machine = host.machine();
        let mut roots: Vec<PathBuf> = FIXED.iter().map(|place| machine.untilde(place)).collect();
        for (folder, prefix) in FOLDERS {
            let mut names: Vec<PathBuf> = host
                .read_dir(&machine.untilde(folder))
                .unwrap_or_default()
                .into_iter()
                .filter(|entry| entry.name.starts_with(prefix))
                .map(|entry| entry.path)
                .collect();
            names.sort();
            // asdf keeps the root in a folder `go` below the version's.
            for name in names {
                let nested = name.join("go");
                roots.push(if is_root(host, &nested) { nested } else { name });
            }
        }
        let known = roots.into_iter().filter(|root| is_root(host, root)).map(|root| {
            let version = root_version(host, &root);
            Installation { origin: Origin::of(&root), root, version }
        });
        let mut found: Vec<Installation> = Vec::new();
        let mut seen: Vec<PathBuf> = Vec::new();
        for installation in known.chain(of_managers(host)) {
            let real = host.canonical(&installation.root).unwrap_or_else(|_| installation.root.clone());
            if !seen.contains(&real) {
                found.push(installation);
                seen.push(real);
            }
        }
        Ok(Installations { found })
    }
}

/// What version managers have where this session's variables and PATH say that
/// they keep it.
fn of_managers(host: &dyn Host) -> Vec<Installation> {
    let Ok(environment) = host.environment(Context::Session) else { return Vec::new() };
    let managers = Manager::all_of(&environment, host.machine());
    let installed = managers.iter().flat_map(|manager| {
        let origin = manager.origin;
        manager.installed(host).into_iter().map(move |go| Installation { root: go.root, origin, version: go.version })
    });
    installed.collect()
}

/// True when the folder holds a `go` command and a VERSION or sources: a
/// GOPATH's `bin/go` alone is no root.
pub(super) fn is_root(host: &dyn Host, root: &Path) -> bool {
    host.is_file(&root.join("bin/go"))
        && (host.is_file(&root.join("VERSION")) || host.is_dir(&root.join("src/runtime")))
}

/// The version in a root's VERSION file.
pub(in crate::probes) fn root_version(host: &dyn Host, root: &Path) -> Option<GoVersion> {
    let text = host.read_text(&root.join("VERSION")).ok()?;
    GoVersion::parse(text.lines().next()?)
}

impl Installations {
    /// The installation with the newest version.
    #[must_use]
    pub fn newest(&self) -> Option<&Installation> {
        self.found.iter().max_by(|a, b| a.version.cmp(&b.version))
    }
}
