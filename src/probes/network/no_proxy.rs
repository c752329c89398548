use std::net::IpAddr;

/// NO_PROXY as Go reads it (golang.org/x/net/http/httpproxy).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoProxy {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    All,
    Network {
        address: IpAddr,
        bits: u32,
    },
    Address {
        address: IpAddr,
        port: Option<String>,
    },
    /// `suffix` begins with a dot; `itself` takes the name without it too.
    Domain {
        suffix: String,
        itself: bool,
        port: Option<String>,
    },
}

impl NoProxy {
    /// Reads the variable. Entries that Go does not understand match nothing.
    #[must_use]
    pub fn parse(value: &str) -> NoProxy {
        NoProxy { entries: value.split(',').filter_map(|entry| Entry::parse(&entry.trim().to_lowercase())).collect() }
    }

    /// True when both exempt the same, in whatever order.
    #[must_use]
    pub fn is_like(&self, other: &NoProxy) -> bool {
        let within = |a: &NoProxy, b: &NoProxy| a.entries.iter().all(|entry| b.entries.contains(entry));
        within(self, other) && within(other, self)
    }

    /// True when Go goes to this host and port without a proxy. This machine
    /// itself never takes one.
    #[must_use]
    pub fn exempts(&self, host: &str, port: u16) -> bool {
        let host = host.trim().to_lowercase();
        let address = host.parse::<IpAddr>().ok();
        host == "localhost"
            || address.is_some_and(|address| address.is_loopback())
            || self.entries.iter().any(|entry| entry.matches(&host, port, address))
    }
}

/// An entry of NO_PROXY that means something to other programs and nothing to
/// Go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Useless {
    /// The entry as it stands.
    pub entry: String,
    /// What Go would understand in its place, where one entry would do.
    pub instead: Option<String>,
}

/// The entries of a value that Go does not understand, and that were to exempt
/// more than this machine itself.
#[must_use]
pub fn useless_entries(value: &str) -> Vec<Useless> {
    value.split(',').map(str::trim).filter_map(useless).collect()
}

fn useless(entry: &str) -> Option<Useless> {
    let found = |instead: Option<String>| Some(Useless { entry: entry.to_owned(), instead });
    // Go never takes a proxy to this machine itself.
    if entry.is_empty() || entry == "*" || entry.starts_with("127.") || entry.starts_with("localhost") {
        return None;
    }
    if entry.starts_with('<') {
        return found(None);
    }
    if let Some((scheme, rest)) = entry.split_once("://") {
        let host = rest.split('/').next().unwrap_or_default();
        return found((!scheme.is_empty() && !host.is_empty()).then(|| host.to_owned()));
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = entry.split('.').collect();
    let leading = parts.iter().take_while(|part| digits(part)).count();
    let is_network = (1..4).contains(&leading) && parts[leading..].iter().all(|part| *part == "*");
    if is_network && leading < parts.len() {
        let bytes: Vec<&str> = parts[..leading].iter().copied().chain(["0"; 4]).take(4).collect();
        return found(Some(format!("{}/{}", bytes.join("."), leading * 8)));
    }
    if entry.contains([' ', ';']) {
        let words: Vec<&str> = entry.split([' ', ';']).filter(|word| !word.is_empty()).collect();
        return found(Some(words.join(",")));
    }
    let rest = entry.trim_start_matches('*');
    match (rest.contains('*'), entry.starts_with('*') && !rest.starts_with('.')) {
        (true, _) => found(None),
        (false, true) if !rest.is_empty() => found(Some(rest.to_owned())),
        _ => None,
    }
}

impl Entry {
    fn parse(text: &str) -> Option<Entry> {
        if text == "*" {
            return Some(Entry::All);
        }
        if let Some((address, bits)) = text.split_once('/')
            && let (Ok(address), Ok(bits)) = (address.parse::<IpAddr>(), bits.parse::<u32>())
        {
            let width = if address.is_ipv4() { 32 } else { 128 };
            return (bits <= width).then_some(Entry::Network { address, bits });
        }
        let (host, port) = split_port(text);
        if let Ok(address) = host.parse() {
            return Some(Entry::Address { address, port });
        }
        let host = host.strip_prefix('*').filter(|rest| rest.starts_with('.')).unwrap_or(host);
        if host.is_empty() {
            return None;
        }
        let itself = !host.starts_with('.');
        let suffix = if itself { format!(".{host}") } else { host.to_owned() };
        Some(Entry::Domain { suffix, itself, port })
    }

    fn matches(&self, host: &str, port: u16, address: Option<IpAddr>) -> bool {
        let at_port = |wanted: &Option<String>| wanted.as_ref().is_none_or(|wanted| *wanted == port.to_string());
        match self {
            Entry::All => true,
            Entry::Network { address: network, bits } => {
                address.is_some_and(|address| prefix(address, *bits) == prefix(*network, *bits))
            }
            Entry::Address { address: wanted, port } => address == Some(*wanted) && at_port(port),
            Entry::Domain { suffix, itself, port } => {
                address.is_none() && (host.ends_with(suffix) || (*itself && host == &suffix[1..])) && at_port(port)
            }
        }
    }
}

/// Host and port of `host:port` and `[v6]:port`.
fn split_port(text: &str) -> (&str, Option<String>) {
    if let Some((host, behind)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (host, behind.strip_prefix(':').map(str::to_owned));
    }
    match text.split_once(':') {
        Some((host, port)) if !port.contains(':') => (host, Some(port.to_owned())),
        _ => (text, None),
    }
}

/// The first bits of an address, with its family.
fn prefix(address: IpAddr, bits: u32) -> (bool, u128) {
    match address {
        IpAddr::V4(v4) => (true, u128::from(u32::from(v4).checked_shr(32 - bits.min(32)).unwrap_or(0))),
        IpAddr::V6(v6) => (false, u128::from(v6).checked_shr(128 - bits.min(128)).unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exempts(value: &str, host: &str) -> bool {
        NoProxy::parse(value).exempts(host, 443)
    }

    #[test]
    fn names_match_themselves_and_what_is_below() {
        assert!(exempts("golang.org", "proxy.golang.org"));
        assert!(exempts("golang.org", "golang.org"));
        assert!(!exempts(".golang.org", "golang.org"));
        assert!(exempts("*.golang.org", "proxy.golang.org"));
        assert!(!exempts("*golang.org", "proxy.golang.org"));
        assert!(!exempts("lang.org", "golang.org"));
        assert!(exempts(" localhost , GOLANG.org:443", "Proxy.Golang.org"));
        assert!(!exempts("golang.org:80", "golang.org"));
        assert!(exempts("*", "anything"));
    }

    #[test]
    fn addresses_match_by_prefix() {
        assert!(exempts("10.0.0.0/8", "10.1.2.3"));
        assert!(!exempts("10.0.0.0/8", "11.1.2.3"));
        assert!(exempts("0.0.0.0/0", "11.1.2.3"));
        assert!(!exempts("0.0.0.0/0", "::2"));
        assert!(exempts("fd00::/8", "fd12::1"));
        assert!(exempts("10.1.2.3:443", "10.1.2.3"));
        assert!(!exempts("10.1.2.3:80", "10.1.2.3"));
        assert!(exempts("[fd12::1]:443", "fd12::1"));
        assert!(!exempts("10.*,<local>,127.*", "10.1.2.3"));
    }

    #[test]
    fn entries_for_others_are_told_with_what_go_takes() {
        let told = |value: &str| {
            let found = useless_entries(value).into_iter();
            found.map(|found| format!("{} {}", found.entry, found.instead.unwrap_or_default())).collect::<Vec<_>>()
        };
        assert_eq!(
            told("10.*, 192.168.*,172.16.1.*.x"),
            ["10.* 10.0.0.0/8", "192.168.* 192.168.0.0/16", "172.16.1.*.x "]
        );
        assert_eq!(
            told("<local>,https://git.corp.example/x"),
            ["<local> ", "https://git.corp.example/x git.corp.example"]
        );
        assert_eq!(
            told("*corp.example,a.example b.example"),
            ["*corp.example corp.example", "a.example b.example a.example,b.example"]
        );
        assert!(
            told("*,127.*,localhost*,.corp.example,*.corp.example,10.0.0.0/8,10.1.2.3,::1,[fd00::1]:8,,").is_empty()
        );
    }

    #[test]
    fn this_machine_needs_no_entry() {
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "::1"] {
            assert!(exempts("", host), "{host}");
        }
        assert!(!exempts("", "proxy.golang.org"));
        assert!(!exempts(",,/,:,[]", "proxy.golang.org"));
    }

    #[test]
    fn what_wsl_takes_over_from_windows_is_of_little_use_to_go() {
        let text = include_str!("../../../tests/wsl-samples/env-autoproxy-mirrored.txt");
        let value = text.lines().find_map(|line| line.strip_prefix("NO_PROXY=")).unwrap();
        let found = useless_entries(value);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].entry.as_str(), found[0].instead.as_deref()), ("10.*", Some("10.0.0.0/8")));
        assert!(!exempts(value, "10.1.2.3"));
    }
}
