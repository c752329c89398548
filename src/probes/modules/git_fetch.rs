use super::downloads::{Content, Downloads, Needed};
use super::git_address::GitAddress;
use super::git_config::{GitConfig, GitView};
use super::netrc::{Netrc, NetrcFile};
use super::route::Route;
use crate::model::Context;
use crate::probes::go::{Setting, Settings, View};

/// A module that Go has to fetch from its own host, with git, before it can
/// build the project.
#[derive(Debug)]
pub struct GitFetch<'a> {
    /// The context that builds.
    pub context: Context,
    /// Go's settings there.
    pub view: &'a View,
    /// git's configuration there.
    pub git: &'a GitView,
    /// The module.
    pub needed: &'a Needed,
    /// Where git goes.
    pub address: GitAddress<'a>,
}

/// Permission to ask, and programs that ask: any of these can give an answer.
const ASKING: [&str; 3] = ["GIT_ASKPASS", "SSH_ASKPASS", "GIT_TERMINAL_PROMPT"];

/// What signs in beside a password.
const HTTP_SETTINGS: [&str; 4] = ["extraheader", "cookiefile", "sslcert", "emptyauth"];

impl GitFetch<'_> {
    /// True when anything here may know what to answer to a server that wants
    /// a password: a helper, netrc, a program that asks, the address itself.
    #[must_use]
    pub fn can_sign_in(&self, netrc: &Netrc) -> bool {
        let url = &self.address.url;
        let environment = self.view.environment();
        let may_ask = |name: &&str| environment.get(name).is_some_and(|value| !matches!(value, "0" | "false" | "no"));
        // git does not go by the variable NETRC.
        let mut files = netrc.files.iter().filter(|file| file.contexts.contains(&self.context) && !file.named);
        let knows = |file: &NetrcFile| file.machines.is_err() || file.knows(&url.host) || file.knows(url.host_name());
        let by_http = self.git.for_downloads().any(|entry| {
            entry.section == "http"
                && HTTP_SETTINGS.contains(&entry.name.as_str())
                && entry.subsection.as_deref().is_none_or(|pattern| url.is_covered_by(pattern))
        });
        let other = |setting: &Setting| !matches!(setting.value.trim(), "netrc" | "off");
        url.password.is_some()
            || !self.git.helpers_for(url).is_empty()
            || self.git.get("core", "askpass").is_some()
            || ASKING.iter().any(may_ask)
            || files.any(knows)
            || by_http
            || self.view.get("GOAUTH").as_ref().is_some_and(other)
    }
}

/// What the project still has to fetch with git, context by context. What a
/// proxy is asked for, and what is here already, is not among it.
pub fn git_fetches<'a>(
    settings: &'a Settings,
    downloads: &'a Downloads,
    config: &'a GitConfig,
) -> impl Iterator<Item = GitFetch<'a>> {
    settings.views().flat_map(move |(context, view)| {
        let git = config.of(context);
        downloads.in_context(context).filter_map(move |(needed, content)| {
            let is_here = matches!(content, Content::Whole | Content::Torn(_));
            if is_here || view.route(&needed.path) != Route::Direct {
                return None;
            }
            let git = git?;
            Some(GitFetch { context, view, git, needed, address: git.address_of(&needed.path)? })
        })
    })
}
