use std::path::PathBuf;

use super::git_config::{GitConfig, GitEntry, GitView};
use super::git_url::GitUrl;
use crate::host::{Environment, FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing, lookup};

/// git's helpers for credentials: the ones that are installed, and the files
/// of those that keep passwords in plain text.
#[derive(Debug)]
pub struct CredentialHelpers {
    /// The helpers that keep passwords safe and are installed, best first, by
    /// the name that git's setting takes.
    pub installed: Vec<&'static str>,
    /// The files that git's `store` helper uses by itself and that exist with
    /// something in them.
    pub stores: Vec<CredentialStore>,
}

/// A file of passwords in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialStore {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// The contexts that go by it.
    pub contexts: Vec<Context>,
    /// Its permission bits.
    pub mode: u32,
    /// The hosts that it has a password for.
    pub hosts: Result<Vec<String>, Missing>,
}

/// Helpers that keep passwords out of plain files, best first.
const SAFE: [&str; 5] = ["manager", "libsecret", "oauth", "gopass", "pass"];

/// Where git keeps programs of its own.
const EXEC_PATHS: [&str; 3] = ["/usr/lib/git-core", "/usr/libexec/git-core", "/usr/local/libexec/git-core"];

impl Fact for CredentialHelpers {
    const ID: &'static str = "git-credential-helpers";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let is_installed = |name: &str| {
            let program = format!("git-credential-{name}");
            contexts.known().any(|(_, environment)| lookup(host, &program, environment).is_some())
                || EXEC_PATHS.iter().any(|folder| host.is_executable(&PathBuf::from(folder).join(&program)))
        };
        let installed = SAFE.into_iter().filter(|name| is_installed(name)).collect();
        let mut stores: Vec<CredentialStore> = Vec::new();
        for (context, environment) in contexts.known() {
            for path in store_places(host, environment) {
                match stores.iter_mut().find(|store| store.path == path) {
                    Some(known) => known.contexts.push(context),
                    None => stores.extend(CredentialStore::read(host, path, context)),
                }
            }
        }
        Ok(CredentialHelpers { installed, stores })
    }
}

fn store_places(host: &dyn Host, environment: &Environment) -> Vec<PathBuf> {
    let home = environment.get("HOME").map(PathBuf::from).or_else(|| host.machine().user.home.clone());
    let xdg = environment.get("XDG_CONFIG_HOME").map(PathBuf::from);
    let xdg = xdg.or_else(|| home.as_ref().map(|home| home.join(".config")));
    let of_home = home.map(|home| home.join(".git-credentials"));
    of_home.into_iter().chain(xdg.map(|folder| folder.join("git/credentials"))).collect()
}

impl CredentialStore {
    fn read(host: &dyn Host, path: PathBuf, context: Context) -> Option<CredentialStore> {
        let stat = host.stat(&path).ok().filter(|stat| stat.kind == FileKind::File && stat.size > 0)?;
        let hosts = host.read_text(&path).map(|text| {
            let urls = text.lines().filter_map(GitUrl::parse);
            // git writes the colon before a port in this way.
            urls.filter(|url| url.password.is_some()).map(|url| url.host.replace("%3a", ":")).collect()
        });
        Some(CredentialStore {
            name: host.machine().tilde(&path),
            contexts: vec![context],
            mode: stat.mode,
            hosts,
            path,
        })
    }
}

impl GitConfig {
    /// The helpers that keep passwords in plain text, for whatever
    /// repository, each with the contexts that see it.
    #[must_use]
    pub fn plain_helpers(&self) -> Vec<(&GitEntry, Vec<Context>)> {
        let mut found: Vec<(&GitEntry, Vec<Context>)> = Vec::new();
        for view in &self.views {
            for entry in used(view.entries.iter()).into_iter().filter(|entry| is_plain(entry.text())) {
                match found.iter_mut().find(|(known, _)| *known == entry) {
                    Some((_, contexts)) => contexts.extend(view.contexts.iter().copied()),
                    None => found.push((entry, view.contexts.clone())),
                }
            }
        }
        found
    }
}

impl GitView {
    /// The helpers that git asks for a URL while Go downloads, in order.
    #[must_use]
    pub fn helpers_for(&self, url: &GitUrl) -> Vec<&GitEntry> {
        let holds = |entry: &&GitEntry| {
            let section = entry.subsection.as_deref();
            entry.is("credential", "helper") && section.is_none_or(|section| url.is_covered_by(section))
        };
        let mut found = Vec::new();
        for entry in self.for_downloads().filter(holds) {
            match entry.value.as_deref() {
                // An empty one takes away those before it.
                Some("") => found.clear(),
                _ => found.push(entry),
            }
        }
        found
    }
}

/// The helpers that are left for whatever repository: an empty one takes away
/// those before it, in a section of its own those of that section.
fn used<'a>(entries: impl Iterator<Item = &'a GitEntry>) -> Vec<&'a GitEntry> {
    let mut found: Vec<&GitEntry> = Vec::new();
    for entry in entries.filter(|entry| entry.is("credential", "helper")) {
        if entry.value.as_deref() == Some("") {
            found.retain(|known| entry.subsection.is_some() && known.subsection != entry.subsection);
        } else {
            found.push(entry);
        }
    }
    found
}

/// `store`, `store --file x`, `!git credential-store`, `/usr/…/git-credential-store`.
fn is_plain(helper: &str) -> bool {
    let mut words = helper.trim().trim_start_matches('!').split_whitespace();
    let first = words.next().unwrap_or_default();
    let program = first.rsplit('/').next().unwrap_or(first);
    matches!(program, "store" | "git-credential-store")
        || (program == "git" && words.next().is_some_and(|word| word == "credential-store"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helpers_that_store_plainly_are_told() {
        for helper in ["store", "store --file ~/x", "!git credential-store", "/usr/lib/git-core/git-credential-store"] {
            assert!(is_plain(helper), "{helper}");
        }
        for helper in
            ["cache", "", "!gh auth git-credential", "/opt/store/helper", "!git credential-libsecret", "storage"]
        {
            assert!(!is_plain(helper), "{helper}");
        }
    }
}
