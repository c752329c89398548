//! The time servers that this system's own settings name.

use std::path::{Path, PathBuf};

use crate::host::{Endpoint, Host};

/// NTP's port.
const PORT: u16 = 123;

/// A time server, with where it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeServer {
    pub(super) endpoint: Endpoint,
    /// `/etc/chrony/chrony.conf:8`.
    pub(super) place: String,
}

/// Main files of chrony and ntpd, which name servers in one way.
const FILES: [&str; 4] = ["/etc/chrony/chrony.conf", "/etc/chrony.conf", "/etc/ntpsec/ntp.conf", "/etc/ntp.conf"];

/// Folders of more such files, with what these end in.
const FOLDERS: [(&str, &str); 4] = [
    ("/etc/chrony/sources.d", "sources"),
    ("/etc/chrony/conf.d", "conf"),
    ("/etc/chrony.d", "conf"),
    ("/run/chrony-dhcp", "sources"),
];

const TIMESYNCD: &str = "/etc/systemd/timesyncd.conf";
const TIMESYNCD_FOLDER: &str = "/etc/systemd/timesyncd.conf.d";

/// The servers that files name, each once, in the order in which they are
/// named.
pub(super) fn configured(host: &dyn Host) -> Vec<TimeServer> {
    let mut files: Vec<PathBuf> = FOLDERS.iter().flat_map(|(folder, end)| listed(host, folder, end)).collect();
    files.splice(0..0, FILES.iter().map(PathBuf::from));
    let mut found = Vec::new();
    for path in files {
        collect(host, &path, directive, &mut found);
    }
    let timesyncd = std::iter::once(PathBuf::from(TIMESYNCD)).chain(listed(host, TIMESYNCD_FOLDER, "conf"));
    for path in timesyncd {
        collect(host, &path, timesyncd_line, &mut found);
    }
    found
}

fn listed(host: &dyn Host, folder: &str, end: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        host.read_dir(Path::new(folder)).unwrap_or_default().into_iter().map(|entry| entry.path).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == end));
    paths.sort();
    paths
}

fn collect(host: &dyn Host, path: &Path, servers: fn(&str) -> Vec<Endpoint>, found: &mut Vec<TimeServer>) {
    let Ok(text) = host.read_text(path) else { return };
    for (index, line) in text.lines().enumerate() {
        for endpoint in servers(line.trim()) {
            if !found.iter().any(|known: &TimeServer| known.endpoint == endpoint) {
                found.push(TimeServer { endpoint, place: format!("{}:{}", path.display(), index + 1) });
            }
        }
    }
}

/// `server HOST [port N] …` of chrony and ntpd.
fn directive(line: &str) -> Vec<Endpoint> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [verb, host, options @ ..] = words.as_slice() else { return Vec::new() };
    // 127.127.x.y is no host but a clock at this machine.
    if !matches!(*verb, "server" | "pool" | "peer") || host.starts_with("127.127.") || host.starts_with('-') {
        return Vec::new();
    }
    let port = options.windows(2).find(|pair| pair[0] == "port").and_then(|pair| pair[1].parse().ok());
    vec![Endpoint::new(*host, port.unwrap_or(PORT))]
}

/// `NTP=HOST …` of systemd-timesyncd.
fn timesyncd_line(line: &str) -> Vec<Endpoint> {
    let names = line.strip_prefix("NTP").map(str::trim_start).and_then(|rest| rest.strip_prefix('='));
    names.unwrap_or_default().split_whitespace().map(|host| Endpoint::new(host, PORT)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_from_both_kinds_of_files() {
        assert_eq!(directive("pool 2.debian.pool.ntp.org iburst"), [Endpoint::new("2.debian.pool.ntp.org", 123)]);
        assert_eq!(directive("server 127.0.0.1 port 11123 trust"), [Endpoint::new("127.0.0.1", 11123)]);
        assert_eq!(timesyncd_line("NTP=a.example b.example").len(), 2);
        for line in ["# server x", "server", "server 127.127.1.0", "driftfile /x y", "NTP=", "FallbackNTP=x"] {
            assert!(directive(line).is_empty() && timesyncd_line(line).is_empty(), "{line}");
        }
    }
}
