//! A private host asks who is there, and nothing here answers.

use crate::checks::Check;
use crate::model::{Class, Context, Edit, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, Step};
use crate::probes::go::{SettingOrigin, Settings, View};
use crate::probes::modules::{
    CredentialHelpers, Downloads, GitConfig, GitFetch, GitUrl, GitView, Netrc, Transport, git_fetches, is_public_host,
    public_match,
};
use crate::probes::project::{GoMod, ModuleFile};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "git-no-credentials",
    layer: Layer::Modules,
    title: "git can sign in where private modules come from",
    impact: "Private modules cannot be downloaded",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/git-no-credentials"),
    rule: rule!(judge(Contexts, Settings, GoMod, Downloads, GitConfig, CredentialHelpers, Netrc)),
};

fn judge(
    shells: &Contexts,
    settings: &Settings,
    module: &GoMod,
    downloads: &Downloads,
    config: &GitConfig,
    helpers: &CredentialHelpers,
    netrc: &Netrc,
) -> Outcome {
    let Some(module) = &module.found else { return Outcome::skipped("there is no go.mod here") };
    let mut hosts: Vec<(GitFetch<'_>, Vec<Context>)> = Vec::new();
    for fetch in git_fetches(settings, downloads, config) {
        let is_http = matches!(fetch.address.url.transport, Transport::Https | Transport::Http);
        if !is_http || !asks(&fetch) || fetch.can_sign_in(netrc) {
            continue;
        }
        match hosts.iter_mut().find(|(known, _)| known.address.url.host == fetch.address.url.host) {
            Some((_, contexts)) if contexts.contains(&fetch.context) => {}
            Some((_, contexts)) => contexts.push(fetch.context),
            None => {
                let contexts = vec![fetch.context];
                hosts.push((fetch, contexts));
            }
        }
    }
    let problem: Option<&Missing> = config.views.iter().find_map(|view| view.problem.as_ref());
    match problem {
        Some(missing) if hosts.is_empty() => missing.clone().into(),
        _ => shells.outcome(hosts.iter().map(|(fetch, contexts)| finding(fetch, contexts, module, helpers)).collect()),
    }
}

/// True when the host certainly wants to know who asks. An intranet may well
/// let everybody read.
fn asks(fetch: &GitFetch<'_>) -> bool {
    let asked = &fetch.address.asked;
    if is_public_host(asked.host_name()) {
        let pattern = fetch.view.private_pattern(&fetch.needed.path);
        return pattern.is_some_and(|(pattern, ..)| public_match(&pattern).is_none());
    }
    fetch.git.private_lines(asked).next().is_some() || fetch.git.private_remotes(asked).next().is_some()
}

fn finding(fetch: &GitFetch<'_>, contexts: &[Context], module: &ModuleFile, helpers: &CredentialHelpers) -> Finding {
    let GitFetch { needed, address, git, view, .. } = fetch;
    let host = &address.url.host;
    let why = git.private_lines(&address.asked).chain(git.private_remotes(&address.asked)).take(2);
    let mut evidence: Vec<Evidence> =
        vec![Evidence::new(format!("{}:{}", module.name, needed.line), format!("{} {}", needed.path, needed.version))];
    evidence.extend(why.map(|entry| entry.evidence()));
    evidence.extend(kept_from_proxies(view, &needed.path));
    let scheme = if address.url.transport == Transport::Http { "http" } else { "https" };
    let lacks = match &address.url.user {
        Some(user) => {
            format!("fatal: could not read Password for '{scheme}://{user}@{host}': terminal prompts disabled")
        }
        // Go tries such a path first, and does not say what git said.
        None if needed.path.split('/').any(|part| part.ends_with(".git")) => {
            "no secure protocol found for repository".to_owned()
        }
        None => format!("fatal: could not read Username for '{scheme}://{host}': terminal prompts disabled"),
    };
    let summary = format!("git has no credentials for {host}, and Go lets it ask nobody");
    Finding::new(host, Severity::Warning, summary)
        .seen_in(contexts.iter().copied())
        .about("git")
        .detail(format!("Go lets git ask nobody, so the download of {} fails with: {lacks}. There is no credential helper, no entry in ~/.netrc and no rewrite to ssh for this host.", needed.path))
        .evidences(evidence)
        .fixes(ways(fetch, helpers))
        .fix(by_hand(host))
}

/// The setting that sends Go to the host itself.
fn kept_from_proxies(view: &View, module: &str) -> Option<Evidence> {
    let (pattern, name, setting) = view.private_pattern(module)?;
    let place = match &setting.origin {
        SettingOrigin::File { name, line, .. } | SettingOrigin::Goroot { name, line } => format!("{name}:{line}"),
        SettingOrigin::Environment | SettingOrigin::Default => name.to_owned(),
    };
    Some(Evidence::new(place, format!("{name} has {pattern}")))
}

/// What can be written down here, best first.
fn ways(fetch: &GitFetch<'_>, helpers: &CredentialHelpers) -> Vec<Fix> {
    let GitFetch { git, address, .. } = fetch;
    let url = &address.url;
    let scheme = if url.transport == Transport::Http { "http" } else { "https" };
    let section = format!("[credential \"{scheme}://{}\"]", url.host);
    let helper = |name: &str| vec![section.clone(), format!("\thelper = {name}")];
    let mut ways = Vec::new();
    // The project itself comes from there with ssh: that way works.
    if let Some(base) = git.private_remotes(&address.asked).find_map(|entry| ssh_base(entry.text())) {
        let lines = vec![format!("[url \"{base}\"]"), format!("\tinsteadOf = https://{}/", address.asked.host)];
        let title = format!("Fetch from {} with ssh, as the project's own remote", address.asked.host);
        ways.extend(append(git, title, lines));
    }
    for name in &helpers.installed {
        ways.extend(append(
            git,
            format!("Let git ask git-credential-{name} for the password of {}", url.host),
            helper(name),
        ));
    }
    let stored = helpers.stores.iter().find(|store| store.hosts.as_ref().is_ok_and(|hosts| hosts.contains(&url.host)));
    if let Some(store) = stored {
        ways.extend(append(git, format!("Let git use the password in {}", store.name), helper("store")));
    }
    if url.host == "github.com" {
        let text = "gh, GitHub's own command, signs in through the browser and answers git from then on:";
        let command = "gh auth login && gh auth setup-git".to_owned();
        ways.push(Fix::manual("Sign in with gh", text, Some(command)));
    }
    ways
}

/// `git@host:` of `git@host:team/shop.git`.
fn ssh_base(remote: &str) -> Option<String> {
    let url = GitUrl::parse(remote).filter(|url| url.transport == Transport::Ssh)?;
    let user = url.user?;
    Some(match remote.contains("://") {
        true => format!("ssh://{user}@{}/", url.host),
        false => format!("{user}@{}:", url.host),
    })
}

/// Lines at the end of the user's own configuration.
fn append(git: &GitView, title: String, lines: Vec<String>) -> Option<Fix> {
    let path = git.user_file.clone()?;
    Some(Fix::new(title, Class::Review, vec![Step::EditFile { path, edits: vec![Edit::Append { lines }] }]))
}

fn by_hand(host: &str) -> Fix {
    Fix::manual(
        format!("Write a token for {host} into ~/.netrc"),
        format!(
            "Make a token at {host} that may read repositories, and write three lines: machine {host}, login and your user name, password and the token. Let nobody else read the file. Then try, in a terminal: git ls-remote, with the address of the repository."
        ),
        Some("chmod 600 ~/.netrc".to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_a_remote_is_kept() {
        for (remote, base) in [
            ("git@git.corp.example:team/shop.git", Some("git@git.corp.example:")),
            ("ssh://git@git.corp.example:2222/team/shop", Some("ssh://git@git.corp.example:2222/")),
            ("https://kim@git.corp.example/team/shop", None),
            ("/srv/git/shop", None),
        ] {
            assert_eq!(ssh_base(remote).as_deref(), base, "{remote}");
        }
    }
}
