//! git is sent to ssh, and ssh has nothing to sign in with.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::modules::{
    Agent, Downloads, GitConfig, GitFetch, Lock, Ssh, Transport, git_fetches, is_public_host,
};
use crate::probes::project::{GoMod, ModuleFile};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "git-rewrite-no-key",
    layer: Layer::Modules,
    title: "ssh has a key where git is sent to ssh",
    impact: "Modules cannot be downloaded",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/git-rewrite-no-key"),
    rule: rule!(judge(Contexts, Settings, GoMod, Downloads, GitConfig, Ssh)),
};

fn judge(
    shells: &Contexts,
    settings: &Settings,
    module: &GoMod,
    downloads: &Downloads,
    config: &GitConfig,
    ssh: &Ssh,
) -> Outcome {
    let Some(module) = &module.found else { return Outcome::skipped("there is no go.mod here") };
    let mut hosts: Vec<(GitFetch<'_>, Lack, Vec<Context>)> = Vec::new();
    for fetch in git_fetches(settings, downloads, config) {
        let is_rewritten = fetch.address.rewrite.is_some() && fetch.address.url.transport == Transport::Ssh;
        let Some(lack) = is_rewritten.then(|| Lack::of(&fetch, ssh)).flatten() else { continue };
        let is_known = |known: &GitFetch<'_>| known.address.url.host == fetch.address.url.host;
        match hosts.iter_mut().find(|(known, of, _)| is_known(known) && *of == lack) {
            Some((_, _, contexts)) if contexts.contains(&fetch.context) => {}
            Some((_, _, contexts)) => contexts.push(fetch.context),
            None => {
                let contexts = vec![fetch.context];
                hosts.push((fetch, lack, contexts));
            }
        }
    }
    let problem: Option<&Missing> = config.views.iter().find_map(|view| view.problem.as_ref());
    match problem {
        Some(missing) if hosts.is_empty() => missing.clone().into(),
        _ => shells.outcome(
            hosts.iter().map(|(fetch, lack, contexts)| finding(fetch, *lack, contexts, module, ssh)).collect(),
        ),
    }
}

/// What ssh lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lack {
    /// There is no key, and no agent.
    Key,
    /// Every key takes a passphrase, and there is no agent.
    Passphrase,
    /// The host is not among the known ones: ssh would have to ask.
    HostKey,
}

impl Lack {
    fn of(fetch: &GitFetch<'_>, ssh: &Ssh) -> Option<Lack> {
        let environment = fetch.view.environment();
        let has_own_way = ["GIT_SSH", "GIT_SSH_COMMAND"].iter().any(|name| environment.get(name).is_some())
            || fetch.git.get("core", "sshcommand").is_some();
        if has_own_way || ssh.configured {
            return None;
        }
        let has_agent = ssh.agent(fetch.context) == Agent::Present;
        match () {
            () if !has_agent && ssh.keys.is_empty() => Some(Lack::Key),
            () if !has_agent && ssh.keys.iter().all(|key| key.lock == Lock::Passphrase) => Some(Lack::Passphrase),
            () if ssh.is_stranger(&fetch.address.url.host) => Some(Lack::HostKey),
            () => None,
        }
    }

    fn id(self) -> &'static str {
        match self {
            Lack::Key => "no-key",
            Lack::Passphrase => "locked",
            Lack::HostKey => "unknown-host",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Lack::Key => "and ssh has neither a key nor an agent",
            Lack::Passphrase => "whose keys are locked, and no agent runs",
            Lack::HostKey => "which does not know that host yet",
        }
    }

    /// What ssh says, word for word.
    fn said(self, user: &str, host: &str) -> String {
        match self {
            Lack::Key | Lack::Passphrase => format!("{user}@{host}: Permission denied (publickey)"),
            Lack::HostKey => "Host key verification failed".to_owned(),
        }
    }
}

fn finding(fetch: &GitFetch<'_>, lack: Lack, contexts: &[Context], module: &ModuleFile, ssh: &Ssh) -> Finding {
    let GitFetch { needed, address, .. } = fetch;
    let host = &address.url.host;
    let user = address.url.user.as_deref().unwrap_or("git");
    let keys: Vec<&str> = ssh.keys.iter().map(|key| key.name.as_str()).collect();
    let seen = match lack {
        Lack::Key => Evidence::new("~/.ssh", "no key that ssh tries by itself"),
        Lack::Passphrase => Evidence::new(keys.join(", "), "takes a passphrase"),
        Lack::HostKey => Evidence::new("~/.ssh/known_hosts", format!("no line for {host}")),
    };
    let agent = contexts.first().map(|context| match ssh.agent(*context) {
        Agent::None => "not set: no agent",
        Agent::Gone => "names a socket that does not exist",
        Agent::Present => "an agent is there",
    });
    Finding::new(
        format!("{host}:{}", lack.id()),
        Severity::Warning,
        format!("git is sent to {host} with ssh, {}", lack.title()),
    )
    .seen_in(contexts.iter().copied())
    .about("SSH_AUTH_SOCK")
    .detail(format!(
        "git fetches {} from there, and Go lets ssh ask nothing: downloads fail with: {}.",
        needed.path,
        lack.said(user, host)
    ))
    .evidence(Evidence::new(format!("{}:{}", module.name, needed.line), format!("{} {}", needed.path, needed.version)))
    .evidences(address.rewrite.map(|entry| entry.evidence()))
    .evidence(seen)
    .evidences(agent.map(|agent| Evidence::new("SSH_AUTH_SOCK", agent)))
    .fixes(by_https(fetch))
    .fix(by_hand(lack, user, host))
}

/// Public modules come without signing in, once the rewrite is gone.
fn by_https(fetch: &GitFetch<'_>) -> Option<Fix> {
    let GitFetch { needed, address, view, .. } = fetch;
    if !is_public_host(address.asked.host_name()) || view.is_private(&needed.path) {
        return None;
    }
    let line = address.rewrite?.line()?;
    let title = format!("Fetch from {} with https again: comment out {}:{}", address.asked.host, line.file, line.line);
    remedy::comment_out_git_line(title, line, "ssh had no key")
}

fn by_hand(lack: Lack, user: &str, host: &str) -> Fix {
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let port = if port.is_empty() { String::new() } else { format!(" -p {port}") };
    match lack {
        Lack::Key => Fix::manual(
            "Make a key, and name it to the host",
            format!(
                "Make a key with a passphrase, and add the text of ~/.ssh/id_ed25519.pub to your account at {name}:"
            ),
            Some("ssh-keygen -t ed25519 && cat ~/.ssh/id_ed25519.pub".to_owned()),
        ),
        Lack::Passphrase => Fix::manual(
            "Start an agent, and unlock the key once",
            "The agent keeps the key unlocked for this login:",
            Some("eval \"$(ssh-agent -s)\" && ssh-add".to_owned()),
        ),
        Lack::HostKey => Fix::manual(
            format!("Connect to {name} once, and compare its fingerprint"),
            format!(
                "ssh shows a fingerprint and asks. Compare it with the one that {name} publishes, then answer yes:"
            ),
            Some(format!("ssh -T{port} {user}@{name}")),
        ),
    }
}
