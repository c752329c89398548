/// What is wrong with the text of a proxy variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyFault {
    /// Where it went wrong.
    pub kind: FaultKind,
    /// What was most likely meant, when there is one way to read it.
    pub meant: Option<String>,
}

/// Where the text of a proxy variable went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// A control character, such as the carriage return of a Windows line.
    Control,
    /// A blank, at an end or inside.
    Blank,
    /// Quotes became part of the value.
    Quotes,
    /// A word such as `none`: Go takes it for a host name.
    Word,
    /// `http//host`, `http:/host`, `http:///host`.
    Slashes,
    /// A kind of proxy that Go cannot talk to.
    Scheme(String),
    /// The port is no number from 1 to 65535.
    Port(String),
    /// There is no host.
    NoHost,
    /// The host holds characters that no host has, such as `$`.
    Host,
    /// Several proxies in one variable.
    Several,
    /// User or password hold characters that must be percent-encoded.
    Credentials,
    /// An IPv6 address without brackets.
    Brackets,
}

/// The kinds of proxies that Go can talk to.
const SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];

/// How people write the schemes of proxies, for values that lack a colon or
/// a slash.
const LIKE_SCHEMES: [&str; 8] = ["http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h", "tcp"];

/// What people write to switch a proxy off.
const WORDS: [&str; 9] = ["none", "no", "off", "false", "direct", "null", "nil", "disabled", "0"];

impl ProxyFault {
    /// The fault of a value; None when it is well written.
    #[must_use]
    pub fn of(value: &str) -> Option<ProxyFault> {
        let kind = kind(value)?;
        let meant = guess(value, &kind).filter(|guess| self::kind(guess).is_none());
        Some(ProxyFault { kind, meant })
    }
}

fn kind(value: &str) -> Option<FaultKind> {
    if value.chars().any(char::is_control) {
        return Some(FaultKind::Control);
    }
    if value.trim() != value {
        return Some(FaultKind::Blank);
    }
    if value.starts_with(QUOTES) || value.ends_with(QUOTES) {
        return Some(FaultKind::Quotes);
    }
    if WORDS.contains(&value.to_ascii_lowercase().as_str()) {
        return Some(FaultKind::Word);
    }
    if misses_slashes(value).is_some() {
        return Some(FaultKind::Slashes);
    }
    let rest = match value.split_once("://") {
        Some((scheme, _)) if !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) => {
            return Some(FaultKind::Scheme(scheme.to_owned()));
        }
        Some((_, rest)) => rest,
        None => value,
    };
    let (userinfo, address) = rest.rsplit_once('@').unwrap_or(("", rest));
    if !is_encoded(userinfo) {
        return Some(FaultKind::Credentials);
    }
    address_fault(address.split(['/', '?', '#']).next().unwrap_or_default())
}

const QUOTES: [char; 7] = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];

fn address_fault(address: &str) -> Option<FaultKind> {
    if address.contains(',') {
        return Some(FaultKind::Several);
    }
    if address.contains(char::is_whitespace) {
        return Some(FaultKind::Blank);
    }
    let (host, port) = match address.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, behind)) => (host, behind.strip_prefix(':')),
        None if address.matches(':').count() > 1 => return Some(FaultKind::Brackets),
        None => address.split_once(':').map_or((address, None), |(host, port)| (host, Some(port))),
    };
    if host.is_empty() && port.is_none_or(str::is_empty) {
        return Some(FaultKind::NoHost);
    }
    let is_host = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '%');
    if !host.chars().all(is_host) {
        return Some(FaultKind::Host);
    }
    let port = port.filter(|port| !port.is_empty())?;
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port != 0);
    (!is_port).then(|| FaultKind::Port(port.to_owned()))
}

/// User and password hold nothing that ends them early or that Go refuses.
fn is_encoded(userinfo: &str) -> bool {
    let whole = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    userinfo.chars().all(|c| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:%@".contains(c))
        && userinfo.split('%').skip(1).all(whole)
}

/// Scheme and rest of a value with too few or too many signs between them.
fn misses_slashes(value: &str) -> Option<(&str, &str)> {
    let end = value.find([':', '/'])?;
    let (scheme, behind) = value.split_at(end);
    let is_scheme = LIKE_SCHEMES.contains(&scheme.to_ascii_lowercase().as_str());
    let is_right = behind.starts_with("://") && !behind.starts_with(":///");
    let rest = behind.trim_start_matches([':', '/']);
    // `http:8080` is a host named http.
    let is_port = behind.starts_with(':') && rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty();
    (is_scheme && !is_right && !is_port && !rest.is_empty()).then_some((scheme, rest))
}

/// What the value was most likely meant to be.
fn guess(value: &str, kind: &FaultKind) -> Option<String> {
    match kind {
        FaultKind::Control | FaultKind::Blank => {
            Some(value.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned())
        }
        FaultKind::Quotes => Some(value.trim_matches(QUOTES).trim().to_owned()),
        FaultKind::Slashes => misses_slashes(value).map(|(scheme, rest)| format!("{scheme}://{rest}")),
        // What desktops call `socks` is version 5 in all but old ones.
        FaultKind::Scheme(scheme) if scheme.eq_ignore_ascii_case("socks") => {
            value.split_once("://").map(|(_, rest)| format!("socks5://{rest}"))
        }
        FaultKind::Port(_) | FaultKind::Several => Some(value.trim_end_matches([';', ',', '.', ')']).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_written_values_have_no_fault() {
        for value in [
            "http://127.0.0.1:7890",
            "http://127.0.0.1:7890/",
            "127.0.0.1:7890",
            "proxy",
            "proxy.corp.example:3128",
            "HTTP://proxy",
            "https://proxy:443",
            "socks5h://127.0.0.1:1080",
            "http://me:p%40ss@proxy:3128",
            "http://DOMAIN%5Cme:pw@proxy:3128",
            "http://[::1]:3128",
            "http://:8080",
            "http://host_name:80",
            "http:8080",
            "http://größe.example:80",
        ] {
            assert_eq!(ProxyFault::of(value), None, "{value}");
        }
    }

    #[test]
    fn faults_have_a_kind_and_where_it_is_clear_a_repair() {
        let port = |text: &str| FaultKind::Port(text.to_owned());
        let scheme = |text: &str| FaultKind::Scheme(text.to_owned());
        for (value, kind, meant) in [
            ("http://proxy:80\r", FaultKind::Control, Some("http://proxy:80")),
            (" http://proxy:80 ", FaultKind::Blank, Some("http://proxy:80")),
            ("\"http://proxy:80\"", FaultKind::Quotes, Some("http://proxy:80")),
            ("\u{201c}http://proxy:80\u{201d}", FaultKind::Quotes, Some("http://proxy:80")),
            ("None", FaultKind::Word, None),
            ("http//proxy:80", FaultKind::Slashes, Some("http://proxy:80")),
            ("http:/proxy:80", FaultKind::Slashes, Some("http://proxy:80")),
            ("http:///proxy:80", FaultKind::Slashes, Some("http://proxy:80")),
            ("http:proxy:80", FaultKind::Slashes, Some("http://proxy:80")),
            ("socks://proxy:1080", scheme("socks"), Some("socks5://proxy:1080")),
            ("socks4://proxy:1080", scheme("socks4"), None),
            ("http://proxy:78900", port("78900"), None),
            ("http://proxy:<port>", port("<port>"), None),
            ("http://proxy:8080;", port("8080;"), Some("http://proxy:8080")),
            ("http://", FaultKind::NoHost, None),
            ("http://$PROXY:80", FaultKind::Host, None),
            ("http://pro xy:80", FaultKind::Blank, None),
            ("http://a:1,http://b:2", FaultKind::Several, None),
            ("http://u:p#x@proxy:80", FaultKind::Credentials, None),
            ("http://DOMAIN\\me:pw@proxy:80", FaultKind::Credentials, None),
            ("http://::1:80", FaultKind::Brackets, None),
        ] {
            let expected = ProxyFault { kind, meant: meant.map(str::to_owned) };
            assert_eq!(ProxyFault::of(value), Some(expected), "{value:?}");
        }
    }

    #[test]
    fn hostile_values_end() {
        for value in ["@@@@", "://", "[", "%", "http://[", "http://@", ":::::", &"http:/".repeat(10_000)] {
            let _ = ProxyFault::of(value);
        }
    }
}
