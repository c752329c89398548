/// The parts of an address that git takes for a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitUrl {
    /// How git gets there.
    pub transport: Transport,
    /// The user, and what stands behind a colon as the password.
    pub user: Option<String>,
    /// The password or token.
    pub password: Option<String>,
    /// The host, in lower case, with the port where one is named.
    pub host: String,
    /// What stands behind the host, without slashes around and without
    /// `.git`.
    pub path: String,
}

/// How git gets to a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// `https://`.
    Https,
    /// `http://`.
    Http,
    /// `ssh://`, or `user@host:path`.
    Ssh,
    /// A folder, or a way that takes no credentials.
    Other,
}

impl GitUrl {
    /// Takes an address apart; None where it names no host.
    #[must_use]
    pub fn parse(text: &str) -> Option<GitUrl> {
        let (transport, authority, path) = match text.split_once("://") {
            Some((scheme, rest)) => {
                let transport = match scheme.to_ascii_lowercase().as_str() {
                    "https" => Transport::Https,
                    "http" => Transport::Http,
                    "ssh" | "git+ssh" | "ssh+git" => Transport::Ssh,
                    _ => Transport::Other,
                };
                let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
                (transport, authority, path)
            }
            // `host:path`; a slash before the colon makes it a path.
            None => {
                let (authority, path) = text.split_once(':')?;
                (!authority.contains('/')).then_some((Transport::Ssh, authority, path))?
            }
        };
        let (userinfo, host) = match authority.rsplit_once('@') {
            Some((userinfo, host)) => (Some(userinfo), host),
            None => (None, authority),
        };
        let (user, password) = match userinfo.map(|info| info.split_once(':').unwrap_or((info, ""))) {
            Some((user, password)) => (Some(user.to_owned()), Some(password.to_owned())),
            None => (None, None),
        };
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path).to_owned();
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        (!host.is_empty()).then(|| GitUrl {
            transport,
            user: filled(user),
            password: filled(password),
            host: host.to_ascii_lowercase(),
            path,
        })
    }

    /// The host without a port.
    #[must_use]
    pub fn host_name(&self) -> &str {
        match self.host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => &self.host,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Transport, String, String, Option<String>)> {
        GitUrl::parse(text).map(|url| (url.transport, url.host, url.path, url.user))
    }

    #[test]
    fn addresses_are_taken_apart() {
        let kim = Some("kim".to_owned());
        let git = Some("git".to_owned());
        let of = |transport, host: &str, path: &str, user| Some((transport, host.to_owned(), path.to_owned(), user));
        for (text, expected) in [
            (
                "https://Git.corp.example:8443/team/lib.git",
                of(Transport::Https, "git.corp.example:8443", "team/lib", None),
            ),
            ("https://kim:x@y@a.example/", of(Transport::Https, "a.example", "", kim.clone())),
            ("git@github.com:kim/shop.git", of(Transport::Ssh, "github.com", "kim/shop", git.clone())),
            ("ssh://git@github.com/kim", of(Transport::Ssh, "github.com", "kim", git)),
            ("http://127.0.0.1:9/x", of(Transport::Http, "127.0.0.1:9", "x", None)),
            ("work:lib", of(Transport::Ssh, "work", "lib", None)),
            ("/srv/git/x:y", None),
            ("file:///srv/git", None),
            ("", None),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
        assert_eq!(GitUrl::parse("https://a.b:8443/c").map(|url| url.host_name().to_owned()).as_deref(), Some("a.b"));
    }
}
