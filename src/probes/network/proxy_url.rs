use super::go_url::{self, GoUrl};
use crate::host::Endpoint;

/// A proxy that Go would talk to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyUrl {
    /// In lower case. Go speaks HTTP to every scheme but `https`, `socks5`
    /// and `socks5h`.
    pub scheme: String,
    /// Whom to connect to.
    pub endpoint: Endpoint,
    userinfo: Option<String>,
}

/// What Go makes of a proxy variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It talks to this proxy, be that what the user meant or not.
    Proxy(ProxyUrl),
    /// It tries to, and the port is none.
    BadPort(String),
    /// It does not understand the value and goes without a proxy.
    Ignored,
}

impl Reading {
    /// Reads a variable as golang.org/x/net/http/httpproxy does: as it
    /// stands, and when that gives no host, with `http://` before it.
    #[must_use]
    pub fn of(value: &str) -> Reading {
        let whole = |url: &GoUrl| !(url.scheme.is_empty() || url.host.is_empty() && url.port.is_empty());
        let url = go_url::parse(value)
            .filter(whole)
            .or_else(|| go_url::parse(&format!("http://{value}")))
            .or_else(|| go_url::parse(value));
        let Some(url) = url else { return Reading::Ignored };
        let port = match (url.port.as_str(), url.scheme.as_str()) {
            ("", "http") => "80",
            ("", "https") => "443",
            ("", "socks5" | "socks5h") => "1080",
            (port, _) => port,
        };
        let Some(port) = port.parse::<u16>().ok().filter(|port| *port != 0) else {
            return Reading::BadPort(url.port);
        };
        // Without a host Go connects to this machine.
        let host = if url.host.is_empty() { "localhost".to_owned() } else { url.host };
        Reading::Proxy(ProxyUrl { scheme: url.scheme, endpoint: Endpoint::new(host, port), userinfo: url.userinfo })
    }

    /// The proxy that Go talks to.
    #[must_use]
    pub fn proxy(&self) -> Option<&ProxyUrl> {
        match self {
            Reading::Proxy(proxy) => Some(proxy),
            Reading::BadPort(_) | Reading::Ignored => None,
        }
    }
}

impl ProxyUrl {
    /// The proxy as a request takes it, with user and password.
    #[must_use]
    pub fn with_credentials(&self) -> String {
        let user = self.userinfo.as_ref().map(|user| format!("{user}@")).unwrap_or_default();
        format!("{}://{user}{}", self.scheme, self.endpoint)
    }

    /// The same proxy spoken to in plain HTTP.
    #[must_use]
    pub fn in_plain_http(&self) -> ProxyUrl {
        ProxyUrl { scheme: "http".to_owned(), ..self.clone() }
    }
}

impl std::fmt::Display for ProxyUrl {
    /// For people: without user and password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}", self.scheme, self.endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: &str) -> String {
        match Reading::of(value) {
            Reading::Proxy(proxy) => proxy.to_string(),
            Reading::BadPort(port) => format!("bad port {port}"),
            Reading::Ignored => "ignored".to_owned(),
        }
    }

    /// Each was tried with go1.27.3, by the error that `go list -m` gives.
    #[test]
    fn values_are_read_as_go_reads_them() {
        for (value, expected) in [
            ("http://127.0.0.1:1", "http://127.0.0.1:1"),
            ("127.0.0.1:1", "http://127.0.0.1:1"),
            ("localhost:1", "http://localhost:1"),
            ("proxy", "http://proxy:80"),
            ("http://127.0.0.1:", "http://127.0.0.1:80"),
            ("http://:1", "http://localhost:1"),
            ("socks5://127.0.0.1", "socks5://127.0.0.1:1080"),
            ("socks://127.0.0.1:1", "socks://127.0.0.1:1"),
            ("http://[::1]:1", "http://[::1]:1"),
            ("http://u:p@ss@127.0.0.1:1", "http://127.0.0.1:1"),
            ("http://127.0.0.1:1 ", "http://http:80"),
            ("http//127.0.0.1:1", "http://http:80"),
            ("http:/127.0.0.1:1", "http://http:80"),
            ("http://", "http://http:80"),
            ("http://127.0.0.1:abc", "http://http:80"),
            ("http:127.0.0.1:1", "http://localhost:80"),
            ("http://127.0.0.1:78900", "bad port 78900"),
            ("\"http://127.0.0.1:1\"", "http://\"http:80"),
            (" http://127.0.0.1:1", "ignored"),
            ("http://127.0.0.1:1\r", "ignored"),
            ("http://u:p%zz@127.0.0.1:1", "ignored"),
            ("none", "http://none:80"),
        ] {
            assert_eq!(told(value), expected, "{value:?}");
        }
    }

    #[test]
    fn passwords_are_for_requests_only() {
        let reading = Reading::of("me:s3cret@proxy:3128");
        let proxy = reading.proxy().unwrap();
        assert_eq!(proxy.to_string(), "http://proxy:3128");
        assert_eq!(proxy.with_credentials(), "http://me:s3cret@proxy:3128");
    }
}
