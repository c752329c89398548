//! Which files a shell reads, in order, and for which context.

mod bash;
mod fish;
mod session;
mod zsh;

use std::path::{Path, PathBuf};

use super::Form;
use super::ShellKind;
use crate::host::{Environment, Host};
use crate::model::Context;

/// What a login shell exports reaches the interactive shells below it.
const LOGIN: &[Context] = &[Context::Login, Context::Interactive];
const INTERACTIVE: &[Context] = &[Context::Interactive];

/// A file that a shell reads by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) contexts: &'static [Context],
    pub(super) form: Form,
}

/// Where to look: the host, and what decides over the names.
pub(super) struct Places<'a> {
    host: &'a dyn Host,
    /// The environment of this session.
    session: Option<&'a Environment>,
    found: Vec<Source>,
}

/// The files that this user's shell reads by itself, in its order.
///
/// `set_by` tells what a start file sets a variable to: zsh looks for further
/// files where the first one says.
pub(super) fn sources(
    host: &dyn Host,
    session: Option<&Environment>,
    set_by: &dyn Fn(&Path, &str) -> Option<String>,
) -> Vec<Source> {
    let mut places = Places { host, session, found: Vec::new() };
    session::put(&mut places);
    match ShellKind::of_user(host.machine()) {
        ShellKind::Bash => bash::put(&mut places),
        ShellKind::Zsh => zsh::put(&mut places, set_by),
        ShellKind::Fish => fish::put(&mut places),
        ShellKind::Posix => {
            places.put(LOGIN, Form::Posix, "/etc/profile");
            places.put_home(LOGIN, ".profile");
        }
    }
    places.found
}

/// The file that a login bash reads: the first of three that is there, or
/// else the one that any POSIX shell reads too.
pub(super) fn bash_login_file(host: &dyn Host) -> Option<PathBuf> {
    bash::login_file(host)
}

/// The folder of fish's own files.
pub(super) fn fish_folder(host: &dyn Host, session: Option<&Environment>) -> Option<PathBuf> {
    let named = session.and_then(|own| own.get("XDG_CONFIG_HOME")).map(PathBuf::from);
    let folder = named.filter(|path| path.is_absolute()).or_else(|| in_home(host, ".config"))?;
    Some(folder.join("fish"))
}

fn in_home(host: &dyn Host, name: &str) -> Option<PathBuf> {
    host.machine().user.home.as_ref().map(|home| home.join(name))
}

impl Places<'_> {
    fn put(&mut self, contexts: &'static [Context], form: Form, path: impl Into<PathBuf>) {
        self.found.push(Source { path: path.into(), contexts, form });
    }

    fn put_home(&mut self, contexts: &'static [Context], name: &str) {
        if let Some(path) = in_home(self.host, name) {
            self.put(contexts, Form::Posix, path);
        }
    }

    /// The files of a folder that have this extension, by name.
    fn in_folder(&self, folder: &Path, extension: &str) -> Vec<PathBuf> {
        let entries = self.host.read_dir(folder).unwrap_or_default();
        let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path).collect();
        paths.retain(|path| path.extension().is_some_and(|known| known == extension));
        paths.sort();
        paths
    }
}
