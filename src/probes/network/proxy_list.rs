use super::{Targets, go_url};

/// GOPROXY as Go reads it: entries, each with what happens when it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProxyList {
    /// The entries up to the last one that is ever used.
    pub(super) entries: Vec<Entry>,
}

/// One entry of GOPROXY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it names.
    pub(super) source: Source,
    /// True when Go goes on to the next entry after every error, and not only
    /// when the module is not found: the sign behind it is `|`.
    pub(super) yields: bool,
}

/// Where an entry of GOPROXY takes modules from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A module proxy.
    Proxy(ModuleHost),
    /// The hosts of the modules themselves.
    Direct,
    /// Nowhere.
    Off,
    /// Something that is not asked over the network: a folder, or nonsense.
    Other,
}

/// The host that a module proxy's URL names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ModuleHost {
    /// The URL without user, password, and the slash at its end.
    pub(super) url: String,
    /// Which proxy variables are for it.
    pub(super) targets: Targets,
    /// Name or address.
    pub(super) host: String,
    /// Port.
    pub(super) port: u16,
}

impl ProxyList {
    pub(super) fn parse(value: &str) -> ProxyList {
        let mut entries: Vec<Entry> = Vec::new();
        for piece in value.split_inclusive([',', '|']) {
            let text = piece.trim_end_matches([',', '|']).trim();
            if text.is_empty() {
                continue;
            }
            let source = Source::of(text);
            let is_last = matches!(source, Source::Direct | Source::Off);
            entries.push(Entry { source, yields: piece.ends_with('|') });
            // Go uses nothing that stands behind these.
            if is_last {
                break;
            }
        }
        ProxyList { entries }
    }
}

impl Source {
    fn of(text: &str) -> Source {
        match text {
            "direct" => return Source::Direct,
            "off" => return Source::Off,
            _ => {}
        }
        // Go adds the scheme to what looks like a host.
        let is_host = text.contains(['.', ':', '/']) && !text.contains(":/") && !text.starts_with('/');
        let url = if is_host { format!("https://{text}") } else { text.to_owned() };
        ModuleHost::of(&url).map_or(Source::Other, Source::Proxy)
    }
}

impl ModuleHost {
    pub(super) fn of(url: &str) -> Option<ModuleHost> {
        let parsed = go_url::parse(url)?;
        let (targets, default) = match parsed.scheme.as_str() {
            "https" => (Targets::Https, 443),
            "http" => (Targets::Http, 80),
            _ => return None,
        };
        let port = if parsed.port.is_empty() { default } else { parsed.port.parse().ok()? };
        let url = without_user(url).trim_end_matches('/').to_owned();
        (!parsed.host.is_empty()).then_some(ModuleHost { url, targets, host: parsed.host, port })
    }
}

/// The URL without user and password: the question needs none, and an answer
/// that asks for them is an answer.
fn without_user(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find('/').unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}://{}", &rest[at + 1..]),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: &str) -> Vec<String> {
        let entry = |entry: &Entry| {
            let source = match &entry.source {
                Source::Proxy(host) => host.url.clone(),
                other => format!("{other:?}"),
            };
            format!("{source}{}", if entry.yields { "|" } else { "" })
        };
        ProxyList::parse(value).entries.iter().map(entry).collect()
    }

    #[test]
    fn entries_are_read_as_go_reads_them() {
        assert_eq!(told("https://proxy.golang.org,direct"), ["https://proxy.golang.org", "Direct"]);
        assert_eq!(
            told("goproxy.cn|https://b.example/x, direct , never"),
            ["https://goproxy.cn|", "https://b.example/x", "Direct"]
        );
        assert_eq!(told("off"), ["Off"]);
        assert_eq!(told("file:///srv/proxy,none"), ["Other", "Other"]);
        assert_eq!(told("localhost:3000"), ["https://localhost:3000"]);
        assert_eq!(told("https://me:s3cret@go.corp/x/"), ["https://go.corp/x"]);
        assert!(told(" , |").is_empty());
    }
}
