//! Which files a shell reads, in order, and for which context.

use std::path::{Path, PathBuf};

use crate::host::{Host, Machine};
use crate::model::Context;

/// The contexts of a fresh shell.
pub(super) const BOTH: &[Context] = &[Context::Login, Context::Interactive];
const LOGIN: &[Context] = BOTH;
const INTERACTIVE: &[Context] = &[Context::Interactive];

/// A file that the shell reads by itself.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) contexts: &'static [Context],
}

/// The files that this user's shell reads by itself, in its order. What a
/// login shell exports reaches the interactive shells below it.
pub(super) fn sources(host: &dyn Host) -> Vec<Source> {
    let machine = host.machine();
    let mut found = vec![Source { path: "/etc/environment".into(), contexts: BOTH }];
    match machine.shell_name() {
        Some("zsh") => zsh(machine, host, &mut found),
        Some("fish") => fish(machine, host, &mut found),
        Some("bash") => bash(machine, host, &mut found),
        _ => posix(machine, &mut found),
    }
    found
}

fn home(machine: &Machine, name: &str) -> Option<PathBuf> {
    machine.user.home.as_ref().map(|home| home.join(name))
}

fn put(found: &mut Vec<Source>, contexts: &'static [Context], path: impl Into<Option<PathBuf>>) {
    found.extend(path.into().map(|path| Source { path, contexts }));
}

/// bash(1), INVOCATION; `/etc/bash.bashrc` is Debian's and Arch's.
fn bash(machine: &Machine, host: &dyn Host, found: &mut Vec<Source>) {
    put(found, LOGIN, PathBuf::from("/etc/profile"));
    let profile = [".bash_profile", ".bash_login", ".profile"]
        .into_iter()
        .filter_map(|name| home(machine, name))
        .find(|path| host.exists(path));
    put(found, LOGIN, profile);
    for system in ["/etc/bash.bashrc", "/etc/bashrc"] {
        put(found, INTERACTIVE, PathBuf::from(system));
    }
    put(found, INTERACTIVE, home(machine, ".bashrc"));
}

/// zsh(1), STARTUP/SHUTDOWN FILES; Debian keeps the global ones in /etc/zsh.
fn zsh(machine: &Machine, host: &dyn Host, found: &mut Vec<Source>) {
    let global = if host.is_dir(Path::new("/etc/zsh")) { Path::new("/etc/zsh") } else { Path::new("/etc") };
    let order: [(&str, &'static [Context]); 4] =
        [("zshenv", BOTH), ("zprofile", LOGIN), ("zlogin", LOGIN), ("zshrc", INTERACTIVE)];
    for (name, contexts) in order {
        put(found, contexts, global.join(name));
        put(found, contexts, home(machine, &format!(".{name}")));
    }
}

/// fish(1): conf.d and config.fish are read by every fish.
fn fish(machine: &Machine, host: &dyn Host, found: &mut Vec<Source>) {
    let user = home(machine, ".config/fish");
    for folder in [user.clone(), Some(PathBuf::from("/etc/fish")), Some(PathBuf::from("/usr/share/fish/vendor_conf.d"))]
    {
        let Some(folder) = folder else { continue };
        let folder = if folder.ends_with("vendor_conf.d") { folder } else { folder.join("conf.d") };
        let mut scripts: Vec<PathBuf> =
            host.read_dir(&folder).unwrap_or_default().into_iter().map(|entry| entry.path).collect();
        scripts.retain(|path| path.extension().is_some_and(|extension| extension == "fish"));
        scripts.sort();
        for script in scripts {
            put(found, BOTH, script);
        }
    }
    put(found, BOTH, PathBuf::from("/etc/fish/config.fish"));
    put(found, BOTH, user.map(|folder| folder.join("config.fish")));
}

/// The POSIX shell: /etc/profile and ~/.profile for a login shell.
fn posix(machine: &Machine, found: &mut Vec<Source>) {
    put(found, LOGIN, PathBuf::from("/etc/profile"));
    put(found, LOGIN, home(machine, ".profile"));
}
