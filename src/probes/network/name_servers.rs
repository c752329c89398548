use std::net::IpAddr;
use std::path::Path;
use std::thread;

use super::routes::Routes;
use super::{ChecksumDatabase, Database, ModuleProxy};
use crate::host::{Endpoint, Host, NameAnswer, NetFailure, Stage};
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The file that names the name servers.
pub const RESOLV_CONF: &str = "/etc/resolv.conf";

/// How many servers the system asks at most.
const LIMIT: usize = 3;

/// DNS's port.
const PORT: u16 = 53;

/// Whether names are found, and when not, what the name servers say.
#[derive(Debug)]
pub struct NameServers {
    /// What came of looking up the names that Go needs.
    pub lookup: Lookup,
    /// True when this machine has a way to other machines.
    pub connected: bool,
    /// systemd-resolved's own file for `/etc/resolv.conf`, when it is there.
    pub resolved_stub: Option<&'static str>,
}

/// What came of looking up the names that Go needs.
#[derive(Debug)]
pub enum Lookup {
    /// Nobody is asked, or no name has to be looked up; why.
    NotNeeded(&'static str),
    /// Every name was found.
    Works,
    /// It could not be told.
    Unknown(Missing),
    /// A name was not found.
    Fails {
        /// The name.
        name: String,
        /// What the system's lookup said.
        said: String,
        /// What the file names, with what each server says.
        file: ResolvConf,
    },
}

/// `/etc/resolv.conf`, as far as it says whom to ask.
#[derive(Debug)]
pub enum ResolvConf {
    /// It is not there.
    Missing,
    /// It is a link to what is not there.
    Dangling(String),
    /// It could not be read.
    Unreadable(Missing),
    /// It names no server.
    Empty,
    /// The servers that it names.
    Servers(Vec<NameServer>),
}

/// A name server, and what it says.
#[derive(Debug)]
pub struct NameServer {
    /// Where it is.
    pub endpoint: Endpoint,
    /// The line that names it, from 1.
    pub line: usize,
    /// What it said of the name that was not found.
    pub said: Result<NameAnswer, NetFailure>,
}

/// systemd-resolved's file with its own address, and the one with those of the
/// servers behind it.
const RESOLVED: [&str; 2] = ["/run/systemd/resolve/stub-resolv.conf", "/run/systemd/resolve/resolv.conf"];

impl Fact for NameServers {
    const ID: &'static str = "name-servers";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let lookup = lookup(probing)?;
        let resolved_stub = RESOLVED.into_iter().find(|path| host.exists(Path::new(path)));
        Ok(NameServers { lookup, connected: Routes::read(host).leads_out(), resolved_stub })
    }
}

fn lookup(probing: &Probing) -> Result<Lookup, Missing> {
    let proxy = probing.get::<ModuleProxy>()?;
    let mut results = Vec::new();
    if let Some(question) = proxy.question() {
        results.push((
            first_name(question.via.as_ref().map(|(_, proxy)| &proxy.endpoint), &question.host),
            &question.result,
        ));
    }
    let database = probing.get::<ChecksumDatabase>().ok();
    if let Some(Database::Itself(question) | Database::Unclear(question)) =
        database.as_ref().map(|database| &database.asked)
    {
        results.push((
            first_name(question.via.as_ref().map(|(_, proxy)| &proxy.endpoint), &question.host),
            &question.result,
        ));
    }
    results.retain(|(name, _)| name.parse::<IpAddr>().is_err());
    if results.is_empty() {
        return Ok(Lookup::NotNeeded("Go asks nobody by name here"));
    }
    for (name, result) in &results {
        if let Err(NetFailure::At { stage: Stage::Dns, detail, .. }) = result {
            let said = detail.strip_prefix(&format!("{name}: ")).unwrap_or(detail).to_owned();
            let file = ResolvConf::read(probing.host(), name);
            return Ok(Lookup::Fails { name: name.clone(), said, file });
        }
    }
    let unknown = results.iter().find_map(|(_, result)| match result {
        Err(NetFailure::Missing(missing)) => Some(missing.clone()),
        _ => None,
    });
    let any = results.iter().any(|(_, result)| !matches!(result, Err(NetFailure::Missing(_))));
    Ok(unknown.filter(|_| !any).map_or(Lookup::Works, Lookup::Unknown))
}

/// The name that is looked up first on the way.
fn first_name(proxy: Option<&Endpoint>, host: &str) -> String {
    proxy.map_or_else(|| host.to_owned(), |proxy| proxy.host.clone())
}

impl NameServers {
    /// True when names are found, but only by a server further down, after a
    /// wait for the first one.
    #[must_use]
    pub fn find_late(&self) -> bool {
        let Lookup::Fails { file: ResolvConf::Servers(servers), .. } = &self.lookup else { return false };
        servers.first().is_some_and(|first| !first.finds()) && servers.iter().any(NameServer::finds)
    }
}

impl NameServer {
    /// True when it knows the name that was not found in time.
    #[must_use]
    pub fn finds(&self) -> bool {
        self.said == Ok(NameAnswer::Found)
    }
}

impl ResolvConf {
    fn read(host: &dyn Host, name: &str) -> ResolvConf {
        let path = Path::new(RESOLV_CONF);
        let text = match host.read_text(path) {
            Ok(text) => text,
            Err(missing) if missing.is_absent() => {
                return host
                    .read_link(path)
                    .map_or(ResolvConf::Missing, |target| ResolvConf::Dangling(target.display().to_string()));
            }
            Err(missing) => return ResolvConf::Unreadable(missing),
        };
        let named = parse(&text);
        if named.is_empty() {
            return ResolvConf::Empty;
        }
        let servers = thread::scope(|scope| {
            let ask = |(line, endpoint): (usize, Endpoint)| {
                scope.spawn(move || {
                    let said = host.ask_name(&endpoint, name);
                    NameServer { endpoint, line, said }
                })
            };
            let running: Vec<_> = named.into_iter().map(ask).collect();
            running.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        ResolvConf::Servers(servers)
    }
}

/// The servers with their lines. An address may have a zone behind `%`.
fn parse(text: &str) -> Vec<(usize, Endpoint)> {
    let server = |(index, line): (usize, &str)| {
        let mut words = line.split_whitespace();
        let address = words.next().filter(|word| *word == "nameserver").and(words.next())?;
        let bare = address.split('%').next().unwrap_or_default();
        bare.parse::<IpAddr>().is_ok().then(|| (index + 1, Endpoint::new(bare, PORT)))
    };
    text.lines().enumerate().filter_map(server).take(LIMIT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_with_their_lines() {
        let text = "# nameserver 1.1.1.1\nsearch lan\nnameserver 10.0.0.1 # x\r\nnameserver\nnameserver fe80::1%eth0\noptions x\nnameserver rubbish\n";
        let found: Vec<String> = parse(text).iter().map(|(line, endpoint)| format!("{line} {endpoint}")).collect();
        assert_eq!(found, ["3 10.0.0.1:53", "5 [fe80::1]:53"]);
        assert!(parse("").is_empty());
    }
}
