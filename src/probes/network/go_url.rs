//! URLs as Go's net/url takes them apart, as far as a proxy needs it. Go is
//! more forgiving than the standard for browsers in some places and less in
//! others, and what it makes of a wrong value is what the user runs into.

/// The parts of a URL that say whom to talk to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::probes) struct GoUrl {
    /// In lower case; empty when there is none.
    pub(in crate::probes) scheme: String,
    /// User and password as they stand.
    pub(in crate::probes) userinfo: Option<String>,
    /// Name or address, without brackets; empty when there is none.
    pub(in crate::probes) host: String,
    /// Digits, or empty.
    pub(in crate::probes) port: String,
}

/// Takes a URL apart; None where Go's `url.Parse` gives an error.
pub(in crate::probes) fn parse(text: &str) -> Option<GoUrl> {
    if text.bytes().any(|byte| byte.is_ascii_control()) {
        return None;
    }
    let text = text.split('#').next().unwrap_or_default();
    let (scheme, rest) = split_scheme(text)?;
    let rest = rest.split('?').next().unwrap_or_default();
    let nothing = GoUrl { scheme: scheme.clone(), userinfo: None, host: String::new(), port: String::new() };
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            return Some(nothing);
        }
        // "first path segment in URL cannot contain colon"
        let first = rest.split('/').next().unwrap_or_default();
        return (!first.contains(':')).then_some(nothing);
    }
    let is_authority = rest.starts_with("//") && !(scheme.is_empty() && rest.starts_with("///"));
    if !is_authority {
        return Some(nothing);
    }
    let authority = rest[2..].split('/').next().unwrap_or_default();
    let path = &rest[2 + authority.len()..];
    let (userinfo, host) = match authority.rsplit_once('@') {
        Some((userinfo, host)) => (Some(userinfo.to_owned()), host),
        None => (None, authority),
    };
    if userinfo.as_deref().is_some_and(|userinfo| !is_userinfo(userinfo)) || !has_whole_escapes(path) {
        return None;
    }
    let (host, port) = split_port(host)?;
    Some(GoUrl { scheme, userinfo, host: host.to_owned(), port: port.to_owned() })
}

fn split_scheme(text: &str) -> Option<(String, &str)> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at > 0 => return Some((text[..at].to_ascii_lowercase(), &text[at + 1..])),
            // "missing protocol scheme"
            b':' => return None,
            _ => break,
        }
    }
    Some((String::new(), text))
}

fn is_userinfo(text: &str) -> bool {
    has_whole_escapes(text) && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c))
}

/// Every `%` stands before two hexadecimal digits.
fn has_whole_escapes(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()))
}

/// Host and port. Brackets hold an IPv6 address.
fn split_port(text: &str) -> Option<(&str, &str)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, behind) = rest.split_once(']')?;
            match behind.strip_prefix(':') {
                Some(port) => (host, port),
                None if behind.is_empty() => (host, ""),
                None => return None,
            }
        }
        None => {
            let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
            // Since 1.26 Go wants brackets around what has several colons.
            if host.contains(':') || !is_host(host) {
                return None;
            }
            (host, port)
        }
    };
    port.bytes().all(|byte| byte.is_ascii_digit()).then_some((host, port))
}

/// The signs that Go lets stand in a host, odd ones included.
fn is_host(text: &str) -> bool {
    text.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || "!$&'()*+,;=[]<>\"-_.~".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        parse(text).map(|url| {
            let user = url.userinfo.map(|user| format!("{user}@")).unwrap_or_default();
            format!("{}|{user}{}|{}", url.scheme, url.host, url.port)
        })
    }

    #[test]
    fn urls_are_taken_apart_as_go_does() {
        for (text, expected) in [
            ("http://127.0.0.1:7890", "http|127.0.0.1|7890"),
            ("HTTP://Proxy:3128/x?y", "http|Proxy|3128"),
            ("http://u:p@ss@proxy", "http|u:p@ss@proxy|"),
            ("http://[::1]:1", "http|::1|1"),
            ("http://:8080", "http||8080"),
            ("http://proxy:", "http|proxy|"),
            ("localhost:7890", "localhost||"),
            ("http:127.0.0.1:1", "http||"),
            ("http:/127.0.0.1:1", "http||"),
            ("http//127.0.0.1:1", "||"),
            ("proxy", "||"),
            ("http://\"http", "http|\"http|"),
        ] {
            assert_eq!(told(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_go_refuses_is_refused() {
        for text in [
            "127.0.0.1:7890",
            " http://127.0.0.1:1",
            "http://127.0.0.1:1 ",
            "http://127.0.0.1:1\r",
            "http://127.0.0.1:abc",
            "http://::1:1",
            "http://u:p w@proxy",
            "http://u:p%zz@proxy",
            "http://pro xy",
            "http://proxy\\:1",
            "://proxy",
            "http://[::1",
            "http://[::1]x",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
