//! Names are not found: resolv.conf or the name servers are broken.

use core::net::IpAddr;

use crate::checks::{Check, remedy};
use crate::host::{Machine, NameAnswer, NetCause, NetFailure};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Missing, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::network::{Lookup, NameServer, NameServers, RESOLV_CONF, ResolvConf};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dns-broken",
    layer: Layer::Network,
    title: "Names are found",
    impact: "Go cannot download modules here",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &["wsl-resolv-missing", "wsl-resolv-stale", "wsl-tunnel-conflict", "windows-firewall-blocks"],
    page: page!("network/dns-broken"),
    rule: rule!(judge(NameServers, Settings)),
};

fn judge(names: &NameServers, settings: &Settings) -> Outcome {
    let (name, said, file) = match &names.lookup {
        Lookup::NotNeeded(why) => return Outcome::skipped(*why),
        Lookup::Works => return Outcome::Passed,
        Lookup::Unknown(missing) => return missing.clone().into(),
        Lookup::Fails { name, said, file } => (name, said, file),
    };
    let machine = settings.machine();
    if machine.goos() != "linux" {
        return Outcome::skipped("on this system the name servers are not named in a file");
    }
    // Offline, everybody's lookups fail. A server on this machine is to
    // answer even then.
    if !names.connected && !file.servers().iter().any(is_here) {
        return Outcome::skipped("this machine is not connected to a network");
    }
    let fault = match file {
        ResolvConf::Unreadable(missing) => return missing.clone().into(),
        ResolvConf::Missing => Fault::no_file(format!("{RESOLV_CONF} does not exist"), "it does not exist"),
        ResolvConf::Dangling(target) => Fault::no_file(
            format!("{RESOLV_CONF} is a link to a file that does not exist"),
            &format!("a link to {target}, which does not exist"),
        ),
        ResolvConf::Empty => Fault::no_file(
            format!("{RESOLV_CONF} names no name server"),
            "no line begins with nameserver and an address",
        ),
        ResolvConf::Servers(servers) => match of_servers(servers) {
            Some(fault) => fault,
            // They are fine: there is no such name.
            None => return silent(servers).map_or(Outcome::Passed, |missing| missing.clone().into()),
        },
    };
    let (severity, detail) = match fault.effect {
        Effect::Fails { go_says } => (
            Severity::Error,
            format!(
                "Looking up {name} fails: {said}. Go says: dial tcp: lookup {name}: {go_says}. git, apt and browsers \
                 fail alike."
            ),
        ),
        Effect::Waits => (
            Severity::Warning,
            "Each lookup waits for the first server, 5 seconds as a rule, before the next one is asked: downloading \
             one small module then takes half a minute. git, apt and browsers wait alike."
                .to_owned(),
        ),
    };
    Finding::new(fault.key, severity, fault.summary)
        .detail(detail)
        .evidences(fault.evidence)
        .evidence(Evidence::new(format!("lookup of {name}"), said))
        .fixes(fixes(names, file, machine))
        .into()
}

/// What is wrong, in words.
struct Fault {
    key: String,
    summary: String,
    effect: Effect,
    evidence: Vec<Evidence>,
}

/// What comes of it.
enum Effect {
    /// Names are not found.
    Fails {
        /// What Go says.
        go_says: String,
    },
    /// Names are found late.
    Waits,
}

impl Fault {
    fn no_file(summary: String, observed: &str) -> Fault {
        Fault {
            key: RESOLV_CONF.to_owned(),
            summary,
            effect: Effect::Fails { go_says: "dial udp [::1]:53: connect: connection refused".to_owned() },
            evidence: vec![Evidence::new(RESOLV_CONF, observed).expected("nameserver and an address")],
        }
    }
}

/// None when a server does its work: one that says that the name does not
/// exist, or the first one finds it.
fn of_servers(servers: &[NameServer]) -> Option<Fault> {
    let works = |server: &NameServer| matches!(server.said, Ok(NameAnswer::Found | NameAnswer::NoSuchName));
    if servers.first().is_none_or(works) || servers.iter().any(|server| server.said == Ok(NameAnswer::NoSuchName)) {
        return None;
    }
    if silent(servers).is_some() {
        return None;
    }
    let first = &servers[0];
    let refuses = matches!(first.said, Ok(NameAnswer::Refused | NameAnswer::Failed));
    let next_works = servers.iter().any(works);
    let host = &first.endpoint.host;
    let summary = match (next_works, refuses, servers.len()) {
        (true, ..) => format!("The first name server, {host}, does not answer; the next one would"),
        (false, true, _) => format!("The name server {host} refuses to look names up"),
        (false, false, 1) => format!("The name server {host} does not answer"),
        (false, false, count) => format!("None of the {count} name servers answers"),
    };
    let effect = if next_works {
        Effect::Waits
    } else {
        let go_says = match &first.said {
            Ok(_) => format!("server misbehaving (on {})", first.endpoint),
            Err(NetFailure::At { cause: NetCause::Silence, .. }) => format!("i/o timeout (on {})", first.endpoint),
            Err(_) => format!("connection refused (on {})", first.endpoint),
        };
        Effect::Fails { go_says }
    };
    let evidence = servers
        .iter()
        .map(|server| {
            Evidence::new(
                format!("{RESOLV_CONF}:{}", server.line),
                format!("nameserver {}: {}", server.endpoint.host, said(server)),
            )
        })
        .collect();
    let key = servers.iter().map(|server| server.endpoint.host.as_str()).collect::<Vec<_>>().join(",");
    Some(Fault { key, summary, effect, evidence })
}

/// Why a server could not be asked, as on a recorded machine: nothing is known
/// of it then.
fn silent(servers: &[NameServer]) -> Option<&Missing> {
    servers.iter().find_map(|server| server.said.as_ref().err()?.place().err())
}

fn said(server: &NameServer) -> String {
    match &server.said {
        Ok(answer) => answer.title().to_owned(),
        Err(failure) => match failure.place() {
            Ok((_, detail)) => detail.strip_prefix(&format!("{}: ", server.endpoint)).unwrap_or(detail).to_owned(),
            Err(missing) => missing.detail.clone(),
        },
    }
}

fn is_here(server: &NameServer) -> bool {
    server.endpoint.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl ResolvConf {
    fn servers(&self) -> &[NameServer] {
        match self {
            ResolvConf::Servers(servers) => servers,
            _ => &[],
        }
    }
}

fn fixes(names: &NameServers, file: &ResolvConf, machine: &Machine) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let has_no_server = matches!(file, ResolvConf::Missing | ResolvConf::Dangling(_) | ResolvConf::Empty);
    if let Some(stub) = names.resolved_stub
        && has_no_server
        && !machine.container
    {
        fixes.push(remedy::as_root(
            format!("Make {RESOLV_CONF} a link to systemd-resolved's file"),
            &["ln", "-sf", stub, RESOLV_CONF],
            Inverse::CannotBeUndone("what stood there named no server".to_owned()),
        ));
    }
    if machine.container {
        let text = "A container gets its name servers from the program that started it. Look there, or name one when \
                    it starts, as with docker run --dns.";
        return vec![Fix::manual("Give the container a name server", text, None)];
    }
    if machine.is_wsl() {
        let text = format!(
            "WSL writes {RESOLV_CONF} at its start, unless /etc/wsl.conf says generateResolvConf=false. Restarting \
             ends what runs in all distributions."
        );
        fixes.push(Fix::manual("Let WSL write it anew", text, Some("wsl.exe --shutdown".to_owned())));
    } else if file.servers().iter().any(|server| server.endpoint.host == "127.0.0.53") {
        fixes.push(remedy::as_root(
            "Start systemd-resolved anew",
            &["systemctl", "restart", "systemd-resolved"],
            Inverse::CannotBeUndone("a service that was started anew stays so".to_owned()),
        ));
    } else if file.servers().iter().any(is_here) {
        let text = "A name server on this machine is to answer, and does not: a VPN client, dnsmasq, unbound. Start \
                    it, or name the network's own server.";
        fixes.push(Fix::manual("Start the name server on this machine", text, Some("ss -lun 'sport = 53'".to_owned())));
    }
    let text = "After a change of networks or a VPN, the servers of the old one stay named. Disconnect and connect \
                again, so that the network says which servers to ask.";
    fixes.push(Fix::manual("Connect to the network again", text, Some(reconnect(names).to_owned())));
    fixes
}

fn reconnect(names: &NameServers) -> &'static str {
    if names.resolved_stub.is_some() { "resolvectl status" } else { "cat /etc/resolv.conf && getent hosts go.dev" }
}
