use std::thread;

use super::go_url;
use super::{Answering, Reading};
use crate::host::Endpoint;
use crate::model::{Context, Missing};
use crate::probes::modules::{GitConfig, GitEntry, Reach};
use crate::probes::{Fact, Probing};

/// The proxies that git's own configuration names, and whether they answer.
#[derive(Debug)]
pub struct GitProxies {
    /// Each setting in force that names a proxy.
    pub found: Vec<GitProxy>,
    /// Why a part of git's configuration could not be read.
    pub problem: Option<Missing>,
}

/// A setting of git that names a proxy.
#[derive(Debug)]
pub struct GitProxy {
    /// The setting.
    pub entry: GitEntry,
    /// The contexts that see it.
    pub contexts: Vec<Context>,
    /// Where the proxy is.
    pub endpoint: Endpoint,
    /// Whether anything answers there.
    pub answering: Answering,
}

/// The port that git's library takes for a proxy without one.
const PORT: u16 = 1080;

impl Fact for GitProxies {
    const ID: &'static str = "git-proxies";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let config = probing.get::<GitConfig>()?;
        let mut settings: Vec<(GitEntry, Vec<Context>, Endpoint)> = Vec::new();
        for view in &config.views {
            for entry in in_force(&view.entries) {
                let Some(endpoint) = endpoint(entry.text()) else { continue };
                match settings.iter_mut().find(|(known, ..)| known == entry) {
                    Some((_, contexts, _)) => contexts.extend(&view.contexts),
                    None => settings.push((entry.clone(), view.contexts.clone(), endpoint)),
                }
            }
        }
        let found = thread::scope(|scope| {
            let start = |(entry, contexts, endpoint): (GitEntry, Vec<Context>, Endpoint)| {
                scope.spawn(move || {
                    let answering = Answering::of(probing, &endpoint);
                    GitProxy { entry, contexts, endpoint, answering }
                })
            };
            let running: Vec<_> = settings.into_iter().map(start).collect();
            running.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        let problem = config.views.iter().find_map(|view| view.problem.clone());
        Ok(GitProxies { found, problem })
    }
}

/// The settings `http.proxy` and `http.URL.proxy` that no later one of the
/// same name overrides.
fn in_force(entries: &[GitEntry]) -> impl Iterator<Item = &GitEntry> {
    let named = |entry: &&GitEntry| entry.is("http", "proxy") && entry.reach != Reach::Elsewhere;
    let last = move |entry: &&GitEntry| {
        entries.iter().rfind(|other| named(other) && other.subsection == entry.subsection) == Some(*entry)
    };
    entries.iter().filter(named).filter(last)
}

/// Where a value leads; None for an empty one, which switches proxies off.
fn endpoint(value: &str) -> Option<Endpoint> {
    let value = value.trim();
    let mut endpoint = Reading::of(value).proxy().filter(|_| !value.is_empty())?.endpoint.clone();
    let whole = if value.contains("://") { value.to_owned() } else { format!("http://{value}") };
    if go_url::parse(&whole).is_some_and(|url| url.port.is_empty() && url.scheme != "https") {
        endpoint.port = PORT;
    }
    Some(endpoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_git_does() {
        let told = |value: &str| endpoint(value).map(|endpoint| endpoint.to_string());
        assert_eq!(told("http://kim:x@proxy.example:3128/").as_deref(), Some("proxy.example:3128"));
        assert_eq!(told("127.0.0.1:7890").as_deref(), Some("127.0.0.1:7890"));
        assert_eq!(told("socks5h://127.0.0.1").as_deref(), Some("127.0.0.1:1080"));
        assert_eq!(told("http://proxy.example").as_deref(), Some("proxy.example:1080"));
        assert_eq!(told("https://proxy.example").as_deref(), Some("proxy.example:443"));
        assert_eq!(told(""), None);
    }
}
