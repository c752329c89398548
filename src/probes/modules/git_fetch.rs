use super::downloads::{Content, Downloads, Needed};
use super::git_address::GitAddress;
use super::git_config::{GitConfig, GitView};
use super::route::Route;
use crate::model::Context;
use crate::probes::go::{Settings, View};

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
