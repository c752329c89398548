use std::path::{Path, PathBuf};

use super::super::installations::{Origin, is_root, root_version};
use crate::collections::order;
use crate::host::{Environment, FileKind, Host, Machine};
use crate::model::GoVersion;

/// A version manager, and the folder that it keeps everything in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manager {
    /// Which one.
    pub origin: Origin,
    /// Its folder: `~/.goenv`, `~/.asdf`, `~/.local/share/mise`, `~/.gvm`.
    pub home: PathBuf,
}

/// A Go that a version manager has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The name that the manager gives it: `1.26.6`, `go1.26.6`.
    pub name: String,
    /// Its root.
    pub root: PathBuf,
    /// Its version, from its VERSION file.
    pub version: Option<GoVersion>,
}

/// Managers with shims, what their folder is called, and the variable that
/// names another one.
const WITH_SHIMS: [(Origin, &str, &str); 3] = [
    (Origin::Goenv, "goenv", "GOENV_ROOT"),
    (Origin::Asdf, "asdf", "ASDF_DATA_DIR"),
    (Origin::Mise, "mise", "MISE_DATA_DIR"),
];

impl Manager {
    /// The manager whose shims lie in this folder.
    #[must_use]
    pub fn of_shims(folder: &Path, environment: &Environment) -> Option<Manager> {
        let home = folder.parent().filter(|home| folder.ends_with("shims") && home.is_absolute())?;
        let name = home.file_name()?.to_str()?.trim_start_matches('.');
        let named = |variable: &str| environment.get(variable).is_some_and(|value| Path::new(value) == home);
        let (origin, ..) = WITH_SHIMS.into_iter().find(|(_, usual, variable)| name == *usual || named(variable))?;
        Some(Manager { origin, home: home.to_owned() })
    }

    /// Every manager that an environment has shims or a hook of.
    pub(in super::super) fn all_of(environment: &Environment, machine: &Machine) -> Vec<Manager> {
        let shims = environment.path_entries().into_iter();
        let mut found: Vec<Manager> =
            shims.filter_map(|entry| Manager::of_shims(Path::new(entry.trim_end_matches('/')), environment)).collect();
        found.extend([Manager::mise_hook(environment, machine), Manager::gvm(environment)].into_iter().flatten());
        found.dedup();
        found
    }

    /// mise where it is hooked into a shell: it then puts its Go on PATH
    /// itself, anew in every folder.
    pub(super) fn mise_hook(environment: &Environment, machine: &Machine) -> Option<Manager> {
        environment.get("MISE_SHELL")?;
        let data = environment.get("XDG_DATA_HOME").map_or_else(|| machine.untilde("~/.local/share"), PathBuf::from);
        let home = environment.get("MISE_DATA_DIR").map_or_else(|| data.join("mise"), PathBuf::from);
        home.is_absolute().then_some(Manager { origin: Origin::Mise, home })
    }

    /// gvm, which a shell has when its variables are there.
    pub(super) fn gvm(environment: &Environment) -> Option<Manager> {
        let home = environment.get("GVM_ROOT").map(PathBuf::from).filter(|home| home.is_absolute())?;
        Some(Manager { origin: Origin::Gvm, home })
    }

    /// The folder with one Go per version. asdf calls it as its user called
    /// the plugin.
    pub(super) fn versions(&self, host: &dyn Host) -> PathBuf {
        let usual = self.home.join(match self.origin {
            Origin::Gvm => "gos",
            Origin::Asdf => "installs/golang",
            Origin::Mise => "installs/go",
            _ => "versions",
        });
        let other = self.home.join("installs/go");
        if self.origin == Origin::Asdf && !host.is_dir(&usual) && host.is_dir(&other) { other } else { usual }
    }

    /// The Gos that it has, the newest last. mise's links such as `1.26`, and
    /// gvm's `system`, which is none of its own, are left out.
    pub(in super::super) fn installed(&self, host: &dyn Host) -> Vec<Installed> {
        let entries = host.read_dir(&self.versions(host)).unwrap_or_default();
        let folders = entries.into_iter().filter(|entry| entry.kind == FileKind::Folder);
        let mut found: Vec<Installed> = folders.filter_map(|entry| self.at(host, &entry.name)).collect();
        order::sort_by(&mut found, |one, other| (&one.version, &one.name).cmp(&(&other.version, &other.name)));
        found
    }

    /// The Go of exactly this name.
    pub(super) fn at(&self, host: &dyn Host, name: &str) -> Option<Installed> {
        if name.is_empty() || name.contains('/') || name.starts_with('.') {
            return None;
        }
        let folder = self.versions(host).join(name);
        // asdf keeps the root in a folder `go` below the version's.
        let root = if self.origin == Origin::Asdf { folder.join("go") } else { folder };
        is_root(host, &root).then(|| Installed { name: name.to_owned(), version: root_version(host, &root), root })
    }

    /// True for a file that a manager keeps for itself: it writes such a file
    /// anew, and no fix edits it.
    #[must_use]
    pub fn is_file_of_one(path: &Path) -> bool {
        let names = ["gvm", "goenv", "asdf", "mise"];
        let folders = path.parent().into_iter().flat_map(Path::components);
        folders.filter_map(|part| part.as_os_str().to_str()).any(|part| names.contains(&part.trim_start_matches('.')))
    }

    /// What the manager is called.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.origin.title()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shims_are_known_by_their_folder_or_by_a_variable() {
        let environment: Environment = [("GOENV_ROOT", "/opt/gos")].into_iter().collect();
        let origin = |folder: &str| Manager::of_shims(Path::new(folder), &environment).map(|manager| manager.origin);
        assert_eq!(origin("/home/kim/.goenv/shims"), Some(Origin::Goenv));
        assert_eq!(origin("/opt/gos/shims"), Some(Origin::Goenv));
        assert_eq!(origin("/home/kim/.local/share/mise/shims"), Some(Origin::Mise));
        assert_eq!(origin("/home/kim/.config/asdf/shims"), Some(Origin::Asdf));
        for other in ["/home/kim/.pyenv/shims", "/home/kim/.goenv/bin", "/shims", "shims", "goenv/shims", ""] {
            assert_eq!(origin(other), None, "{other}");
        }
    }
}
