//! Where git is sent for a module.

use super::git_config::{GitEntry, GitView};
use super::git_url::{GitUrl, Transport};

/// Hosts whose repositories belong to many owners: the host alone says nothing
/// of who may read one.
const FORGES: [&str; 4] = ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org"];

/// Other hosts whose repositories everybody can read.
const OPEN_HOSTS: [&str; 22] = [
    "go.googlesource.com",
    "golang.org",
    "google.golang.org",
    "gopkg.in",
    "go.uber.org",
    "k8s.io",
    "sigs.k8s.io",
    "go.etcd.io",
    "go.opentelemetry.io",
    "cloud.google.com",
    "git.sr.ht",
    "gitea.com",
    "gitee.com",
    "git.kernel.org",
    "git.zx2c4.com",
    "salsa.debian.org",
    "gitlab.gnome.org",
    "gitlab.freedesktop.org",
    "invent.kde.org",
    "framagit.org",
    "opendev.org",
    "pagure.io",
];

/// Where git is sent for a module, and the line that rewrote the address.
#[derive(Debug)]
pub struct GitAddress<'a> {
    /// The address that Go begins with: `https://host/path`.
    pub asked: GitUrl,
    /// The address that git goes to.
    pub url: GitUrl,
    /// The address that git goes to as text, for people; it may hold secrets.
    pub text: String,
    /// The `insteadOf` line that rewrote it.
    pub rewrite: Option<&'a GitEntry>,
}

impl GitView {
    /// Where git goes for a module that Go fetches directly. None where git
    /// goes to no host, as with a folder.
    #[must_use]
    pub fn address_of(&self, module: &str) -> Option<GitAddress<'_>> {
        let asked = format!("https://{}", repository_of(module));
        let longest = self
            .for_downloads()
            .filter(|entry| entry.is("url", "insteadof"))
            .filter(|entry| !entry.text().is_empty() && asked.starts_with(entry.text()))
            .max_by_key(|entry| entry.text().len());
        let text = match longest {
            Some(entry) => {
                format!("{}{}", entry.subsection.as_deref().unwrap_or_default(), &asked[entry.text().len()..])
            }
            None => asked.clone(),
        };
        Some(GitAddress { asked: GitUrl::parse(&asked)?, url: GitUrl::parse(&text)?, text, rewrite: longest })
    }

    /// The lines that name a host in a way that only credentials explain: a
    /// credential section, or a rewrite to ssh or to a user. For the hosts of many
    /// owners they must name the owner as well.
    pub fn private_lines<'a>(&'a self, asked: &'a GitUrl) -> impl Iterator<Item = &'a GitEntry> {
        self.for_downloads().filter(move |entry| {
            let pattern = match (entry.section.as_str(), entry.name.as_str()) {
                ("url", "insteadof") => entry.subsection.as_deref().filter(|base| signs_in(base)).map(|_| entry.text()),
                ("credential", "helper" | "username") => entry.subsection.as_deref(),
                _ => None,
            };
            pattern.and_then(GitUrl::parse).is_some_and(|pattern| is_private(&pattern, asked))
        })
    }

    /// The remotes of the project on the host of a module, when they are
    /// reached with ssh or as a user.
    pub fn private_remotes<'a>(&'a self, asked: &'a GitUrl) -> impl Iterator<Item = &'a GitEntry> {
        let is_remote = |entry: &&GitEntry| entry.is("remote", "url");
        self.for_project().filter(is_remote).filter(move |entry| {
            let Some(remote) = GitUrl::parse(entry.text()) else { return false };
            !is_public_host(asked.host_name()) && remote.host_name() == asked.host_name() && remote.user.is_some()
        })
    }
}

/// True for an address that takes a key, or names who asks. Others are rather
/// mirrors.
fn signs_in(base: &str) -> bool {
    GitUrl::parse(base).is_some_and(|url| url.transport == Transport::Ssh || url.user.is_some())
}

/// True when an address in git's configuration names a private part of the
/// host of a module, and the module lies in it.
fn is_private(pattern: &GitUrl, asked: &GitUrl) -> bool {
    let below =
        |path: &str| asked.path == path || asked.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    let is_owner_named = !pattern.path.is_empty();
    match asked.host_name() {
        host if host != pattern.host_name() => false,
        host if FORGES.contains(&host) => is_owner_named && below(&pattern.path),
        host if OPEN_HOSTS.contains(&host) => false,
        _ => !is_owner_named || below(&pattern.path),
    }
}

/// True for hosts where a repository is rather public.
#[must_use]
pub fn is_public_host(host: &str) -> bool {
    FORGES.contains(&host) || OPEN_HOSTS.contains(&host)
}

/// The pattern for GOPRIVATE that covers a module and what belongs to it: the
/// owner on hosts of many owners, elsewhere the host.
#[must_use]
pub fn private_part(module: &str) -> String {
    let mut parts = module.split('/');
    match (parts.next(), parts.next()) {
        (Some(host), Some(owner)) if FORGES.contains(&host) => format!("{host}/{owner}"),
        (host, _) => host.unwrap_or_default().to_owned(),
    }
}

/// The repository of a module, as far as its path tells.
fn repository_of(module: &str) -> String {
    let parts: Vec<&str> = module.split('/').collect();
    if parts.first().is_some_and(|host| FORGES.contains(host)) {
        return parts.iter().take(3).copied().collect::<Vec<_>>().join("/");
    }
    if let Some(end) = parts.iter().position(|part| part.ends_with(".git")) {
        return parts[..=end].join("/").trim_end_matches(".git").to_owned();
    }
    let is_major = |part: &&str| part.strip_prefix('v').is_some_and(|n| n.parse::<u32>().is_ok_and(|n| n > 1));
    match parts.last().filter(|part| is_major(part)) {
        Some(_) => parts[..parts.len() - 1].join("/"),
        None => module.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_follow_from_paths() {
        for (module, repository) in [
            ("github.com/kim/shop/cmd/v2", "github.com/kim/shop"),
            ("git.corp.example/team/lib.git/sub", "git.corp.example/team/lib"),
            ("git.corp.example/team/lib/v3", "git.corp.example/team/lib"),
            ("git.corp.example/team/v", "git.corp.example/team/v"),
        ] {
            assert_eq!(repository_of(module), repository);
        }
        assert_eq!(private_part("github.com/kim/shop"), "github.com/kim");
        assert_eq!(private_part("git.corp.example/team/lib"), "git.corp.example");
    }

    #[test]
    fn only_a_named_owner_is_private_on_hosts_of_many() {
        for (pattern, asked, expected) in [
            ("https://github.com/", "https://github.com/kim/shop", false),
            ("https://github.com/kim/", "https://github.com/kim/shop", true),
            ("https://github.com/ki", "https://github.com/kim/shop", false),
            ("https://git.corp.example/", "https://git.corp.example/team/lib", true),
            ("https://git.corp.example/other/", "https://git.corp.example/team/lib", false),
            ("https://gitlab.gnome.org/", "https://gitlab.gnome.org/a/b", false),
            ("https://corp.example/", "https://git.corp.example/team/lib", false),
        ] {
            let of = |text: &str| GitUrl::parse(text).expect("it is an address");
            assert_eq!(is_private(&of(pattern), &of(asked)), expected, "{pattern} {asked}");
        }
    }
}
