//! What ssh signs in with.

mod key;

use std::path::{Path, PathBuf};

pub use key::{Lock, SshKey};

use crate::host::{Environment, FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// What ssh has to sign in with, and which hosts it knows.
#[derive(Debug)]
pub struct Ssh {
    /// Each context's agent.
    pub agents: Vec<(Context, Agent)>,
    /// The private keys in `~/.ssh` that ssh tries by itself.
    pub keys: Vec<SshKey>,
    /// The names and patterns of known hosts; None when some are hashed, or a
    /// file of them cannot be read, so that nothing can be said.
    pub known_hosts: Option<Vec<String>>,
    /// The configuration of ssh says more: other keys, agents, ways, or rules
    /// about known hosts. What comes of it is not told here.
    pub configured: bool,
}

/// The agent that keeps keys unlocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agent {
    /// SSH_AUTH_SOCK is not set.
    None,
    /// SSH_AUTH_SOCK names nothing that exists.
    Gone,
    /// Its socket is there; what it holds is not asked.
    Present,
}

/// The names that ssh tries by itself.
const NAMES: [&str; 6] = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "id_dsa"];

/// What of `~/.ssh/config` changes who is signed in, and how.
const TELLING: [&str; 11] = [
    "identityfile",
    "identityagent",
    "certificatefile",
    "pkcs11provider",
    "proxycommand",
    "proxyjump",
    "hostname",
    "stricthostkeychecking",
    "userknownhostsfile",
    "include",
    "match",
];

/// Files of distributions that say nothing of keys and hosts of one's own.
const PACKAGED: [&str; 2] = ["20-systemd-ssh-proxy.conf", "50-redhat.conf"];

impl Fact for Ssh {
    const ID: &'static str = "ssh";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let agents = contexts.known().map(|(context, environment)| (context, Agent::of(host, environment))).collect();
        let folder = host.machine().user.home.as_ref().map(|home| home.join(".ssh"));
        let files = |folder: &Option<PathBuf>, names: &[&str]| -> Vec<PathBuf> {
            folder.iter().flat_map(|folder| names.iter().map(|name| folder.join(name)).collect::<Vec<_>>()).collect()
        };
        let keys = files(&folder, &NAMES).iter().filter_map(|path| SshKey::read(host, path)).collect();
        let mut lists = files(&folder, &["known_hosts", "known_hosts2"]);
        lists.extend(["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"].map(PathBuf::from));
        let known_hosts = lists.iter().map(|path| known_hosts(host, path)).collect::<Option<Vec<_>>>();
        let mut configs = files(&folder, &["config"]);
        configs.push("/etc/ssh/ssh_config".into());
        let drop_ins = host.read_dir(Path::new("/etc/ssh/ssh_config.d")).unwrap_or_default();
        let packaged = |name: &str| PACKAGED.contains(&name);
        configs.extend(drop_ins.into_iter().filter(|entry| !packaged(&entry.name)).map(|entry| entry.path));
        Ok(Ssh {
            agents,
            keys,
            known_hosts: known_hosts.map(|lists| lists.concat()),
            configured: configs.iter().any(|path| is_telling(host, path)),
        })
    }
}

impl Ssh {
    /// The agent of a context.
    #[must_use]
    pub fn agent(&self, context: Context) -> Agent {
        self.agents.iter().find(|(of, _)| *of == context).map_or(Agent::None, |(_, agent)| *agent)
    }

    /// True when a host is certainly not among the known ones.
    #[must_use]
    pub fn is_stranger(&self, host: &str) -> bool {
        let (name, port) = host.rsplit_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
        let listed =
            port.filter(|port| *port != "22").map_or_else(|| name.to_owned(), |port| format!("[{name}]:{port}"));
        // A pattern, or a certificate authority, may well mean it.
        let covers = |known: &String| *known == listed || known.contains(['*', '?', '!', '@']);
        self.known_hosts.as_ref().is_some_and(|hosts| !hosts.iter().any(covers))
    }
}

impl Agent {
    fn of(host: &dyn Host, environment: &Environment) -> Agent {
        match environment.get("SSH_AUTH_SOCK") {
            None => Agent::None,
            Some(path) if host.stat(Path::new(path)).is_err_and(|missing| missing.is_absent()) => Agent::Gone,
            Some(_) => Agent::Present,
        }
    }
}

/// The names in a list of known hosts; None when some cannot be told.
fn known_hosts(host: &dyn Host, path: &Path) -> Option<Vec<String>> {
    let text = match host.read_text(path) {
        Ok(text) => text,
        Err(missing) if missing.is_absent() => return Some(Vec::new()),
        Err(_) => return None,
    };
    let mut names = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let first = words.next()?;
        match first {
            _ if first.starts_with("|1|") => return None,
            "@cert-authority" => names.push(first.to_owned()),
            "@revoked" => {}
            _ => names.extend(first.split(',').map(|name| name.to_ascii_lowercase())),
        }
    }
    Some(names)
}

/// True when a configuration says more than ssh's own defaults.
fn is_telling(host: &dyn Host, path: &Path) -> bool {
    let Ok(text) = host.read_text(path) else {
        return host.stat(path).is_ok_and(|stat| stat.kind == FileKind::File);
    };
    text.lines().any(|line| {
        let word = line.trim().split(|c: char| c.is_whitespace() || c == '=').next().unwrap_or_default();
        // Debian's own file includes a folder that is looked at anyway.
        let is_own_include = line.contains("/etc/ssh/ssh_config.d/");
        !is_own_include && TELLING.contains(&word.to_ascii_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_told_only_where_certain() {
        let ssh = |hosts: Option<&[&str]>| Ssh {
            agents: Vec::new(),
            keys: Vec::new(),
            known_hosts: hosts.map(|hosts| hosts.iter().map(|host| (*host).to_owned()).collect()),
            configured: false,
        };
        let some = ssh(Some(&["github.com", "[git.corp.example]:2222"]));
        assert!(!some.is_stranger("github.com") && !some.is_stranger("github.com:22"));
        assert!(!some.is_stranger("git.corp.example:2222") && some.is_stranger("git.corp.example"));
        assert!(!ssh(None).is_stranger("a.example") && !ssh(Some(&["*.example"])).is_stranger("a.example"));
    }
}
