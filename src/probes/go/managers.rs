//! Shims: commands that a version manager puts before the real ones.

use std::path::{Path, PathBuf};

use super::installations::{Origin, is_root};
use crate::host::{Environment, Host};

/// How a version manager decides which Go its shim runs.
struct Manager {
    origin: Origin,
    /// What the shim's path contains.
    shims: &'static str,
    /// The variable that names a version.
    variable: &'static str,
    /// Files that name a version, looked for upwards from the folder.
    files: &'static [&'static str],
    /// The user's own default.
    globals: &'static [&'static str],
    /// Where versions lie, and what lies between a version's folder and its
    /// root.
    versions: &'static [(&'static str, &'static str)],
}

const MANAGERS: &[Manager] = &[
    Manager {
        origin: Origin::Goenv,
        shims: "goenv/shims/",
        variable: "GOENV_VERSION",
        files: &[".go-version"],
        globals: &["~/.goenv/version"],
        versions: &[("~/.goenv/versions", "")],
    },
    Manager {
        origin: Origin::Asdf,
        shims: "asdf/shims/",
        variable: "ASDF_GOLANG_VERSION",
        files: &[".tool-versions"],
        globals: &["~/.tool-versions"],
        versions: &[("~/.asdf/installs/golang", "go"), ("~/.local/share/asdf/installs/golang", "go")],
    },
    Manager {
        origin: Origin::Mise,
        shims: "mise/shims/",
        variable: "MISE_GO_VERSION",
        files: &["mise.toml", ".mise.toml", ".tool-versions", ".go-version"],
        globals: &["~/.config/mise/config.toml", "~/.tool-versions"],
        versions: &[("~/.local/share/mise/installs/go", "")],
    },
];

/// The root behind a shim, as its manager would choose it for the folder that
/// is looked at. The first part says whose shim it is.
pub(super) fn resolve(host: &dyn Host, command: &Path, environment: &Environment) -> Option<(Origin, Option<PathBuf>)> {
    let text = command.to_string_lossy();
    let manager = MANAGERS.iter().find(|manager| text.contains(manager.shims))?;
    let root = wanted(host, manager, environment).and_then(|version| installed(host, manager, &version));
    Some((manager.origin, root))
}

/// The version that the variable, a file upwards or the default names.
fn wanted(host: &dyn Host, manager: &Manager, environment: &Environment) -> Option<String> {
    if let Some(version) = environment.get(manager.variable) {
        return Some(version.to_owned());
    }
    let machine = host.machine();
    let upwards = machine.folder.ancestors().flat_map(|folder| manager.files.iter().map(move |name| folder.join(name)));
    let globals = manager.globals.iter().map(|name| machine.untilde(name));
    upwards.chain(globals).find_map(|path| version_in(&path, &host.read_text(&path).ok()?))
}

/// The Go version that a version file names, by the file's kind.
pub(crate) fn version_in(path: &Path, text: &str) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let version = match name {
        ".tool-versions" => text
            .lines()
            .filter_map(|line| line.split('#').next()?.split_once(char::is_whitespace))
            .find(|(tool, _)| matches!(*tool, "golang" | "go"))
            .map(|(_, version)| version.trim().to_owned())?,
        _ if name.ends_with(".toml") => {
            let table: toml::Table = text.parse().ok()?;
            let go = table.get("tools")?.get("go")?;
            let go = go.as_array().and_then(|list| list.first()).unwrap_or(go);
            go.as_str().or_else(|| go.get("version")?.as_str())?.to_owned()
        }
        _ => text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?.to_owned(),
    };
    let version = version.split_whitespace().next()?.trim_start_matches("go").to_owned();
    (!version.is_empty()).then_some(version)
}

/// The root of that version: the folder of that name, or the newest one whose
/// name continues it (`1.26` means `1.26.6`).
fn installed(host: &dyn Host, manager: &Manager, version: &str) -> Option<PathBuf> {
    let machine = host.machine();
    for (folder, below) in manager.versions {
        let folder = machine.untilde(folder);
        let root = |name: &str| if below.is_empty() { folder.join(name) } else { folder.join(name).join(below) };
        if is_root(host, &root(version)) {
            return Some(root(version));
        }
        let mut longer: Vec<_> = host
            .read_dir(&folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|entry| entry.name.strip_prefix(version).is_some_and(|rest| rest.starts_with('.')))
            .filter_map(|entry| Some((crate::model::GoVersion::parse(&entry.name)?, entry.name)))
            .collect();
        longer.sort();
        if let Some((_, name)) = longer.pop()
            && is_root(host, &root(&name))
        {
            return Some(root(&name));
        }
    }
    None
}
