use crate::probes::network::go_url;

/// GOPROXY as Go takes it apart: every entry is looked at before the first one
/// is asked, up to `direct` or `off`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoProxy {
    /// What Go looks at, without blanks around.
    pub entries: Vec<GoProxyEntry>,
    /// What stands behind `direct` or `off`, and is never used.
    pub unused: Vec<String>,
}

/// One entry of GOPROXY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoProxyEntry {
    /// The entry as it stands.
    pub text: String,
    /// Why Go cannot use it.
    pub fault: Option<GoProxyFault>,
}

/// Why Go cannot use an entry of GOPROXY.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoProxyFault {
    /// A `;` or blank stands where only `,` and `|` divide entries.
    Separator(char),
    /// Quotes became part of the value.
    Quoted,
    /// A word that is neither a host nor `direct` nor `off`.
    Word,
    /// A scheme that Go does not speak.
    Scheme,
    /// Nothing between the slashes, or too few of them.
    NoHost,
    /// A port that is none.
    Port,
    /// `file://` with more than a path.
    File,
    /// Go's parser for URLs refuses it for another reason.
    Url,
}

impl GoProxy {
    /// Takes a value of GOPROXY apart.
    #[must_use]
    pub fn parse(value: &str) -> GoProxy {
        let mut list = GoProxy { entries: Vec::new(), unused: Vec::new() };
        let mut ended = false;
        for text in value.split([',', '|']).map(str::trim).filter(|text| !text.is_empty()) {
            if ended {
                list.unused.push(text.to_owned());
                continue;
            }
            list.entries.push(GoProxyEntry { text: text.to_owned(), fault: GoProxyFault::of(text) });
            ended = matches!(text, "direct" | "off");
        }
        list
    }

    /// The first entry that Go cannot use. One is enough: Go then uses none.
    #[must_use]
    pub fn fault(&self) -> Option<(&GoProxyEntry, GoProxyFault)> {
        self.entries.iter().find_map(|entry| Some((entry, entry.fault?)))
    }

    /// The value with what is plainly meant, where that can be told.
    #[must_use]
    pub fn repaired(value: &str) -> Option<String> {
        let bare: String = value.chars().filter(|c| !matches!(c, '"' | '\'' | '\r')).collect();
        let mut out = String::new();
        for piece in bare.split_inclusive(|c: char| ",|;".contains(c) || c.is_whitespace()) {
            let text = piece.trim_end_matches(|c: char| ",|;".contains(c) || c.is_whitespace());
            let Some(entry) = plainly_meant(text) else {
                // The sign itself, with blanks around.
                if piece.ends_with('|') && out.pop().is_some() {
                    out.push('|');
                }
                continue;
            };
            out.push_str(&entry);
            out.push(if piece.ends_with('|') { '|' } else { ',' });
        }
        out.pop();
        let list = GoProxy::parse(&out);
        (!list.entries.is_empty() && list.fault().is_none()).then_some(out)
    }
}

/// An entry as it was meant; None for one that means nothing.
fn plainly_meant(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if matches!(lower.as_str(), "direct" | "off") {
        return Some(lower);
    }
    for scheme in ["https", "http"] {
        let rest = lower.starts_with(scheme).then(|| &text[scheme.len()..]);
        let host = rest.and_then(|rest| rest.strip_prefix("//").or_else(|| rest.strip_prefix(":/")));
        if let Some(host) = host {
            return Some(format!("{scheme}://{}", host.trim_start_matches('/')));
        }
    }
    (!text.is_empty() && GoProxyFault::of(text) != Some(GoProxyFault::Word)).then(|| text.to_owned())
}

impl GoProxyFault {
    /// What is wrong with an entry, if anything. Follows proxyList and
    /// newProxyRepo in cmd/go/internal/modfetch.
    fn of(text: &str) -> Option<GoProxyFault> {
        if matches!(text, "direct" | "off") {
            return None;
        }
        if text.contains(['"', '\'']) {
            return Some(GoProxyFault::Quoted);
        }
        if let Some(separator) = text.chars().find(|c| *c == ';' || c.is_whitespace()) {
            return Some(GoProxyFault::Separator(separator));
        }
        let is_path = text.starts_with('/');
        if is_path || !text.contains(['.', ':', '/']) {
            return Some(GoProxyFault::Word);
        }
        if text.starts_with("http//") || text.starts_with("https//") {
            return Some(GoProxyFault::NoHost);
        }
        let url = if text.contains(":/") { text.to_owned() } else { format!("https://{text}") };
        let Some(parts) = go_url::parse(&url) else { return Some(GoProxyFault::Url) };
        match parts.scheme.as_str() {
            "http" | "https" if parts.host.is_empty() => Some(GoProxyFault::NoHost),
            "http" | "https" => {
                (!parts.port.is_empty() && parts.port.parse::<u16>().is_err()).then_some(GoProxyFault::Port)
            }
            "file" => (!parts.host.is_empty() || url.contains(['?', '#'])).then_some(GoProxyFault::File),
            "" => Some(GoProxyFault::Word),
            _ => Some(GoProxyFault::Scheme),
        }
    }

    /// The fault in words, behind the entry.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            GoProxyFault::Separator(';') => "holds a semicolon; only , and | divide entries",
            GoProxyFault::Separator(_) => "holds a blank; only , and | divide entries",
            GoProxyFault::Quoted => "has quotes in the value",
            GoProxyFault::Word => "is neither a URL nor direct nor off",
            GoProxyFault::Scheme => "has a scheme that Go does not speak",
            GoProxyFault::NoHost => "names no host",
            GoProxyFault::Port => "has a port that is none",
            GoProxyFault::File => "is a file URL with more than a path",
            GoProxyFault::Url => "is no URL",
        }
    }

    /// What Go answers, word for word as far as it is always the same.
    #[must_use]
    pub fn said(self, entry: &str) -> String {
        match self {
            GoProxyFault::Separator(';') => "dial tcp: lookup …: no such host".to_owned(),
            GoProxyFault::Separator(_) => format!("parse \"{entry}\": invalid character \" \" in host name"),
            GoProxyFault::Quoted => "first path segment in URL cannot contain colon".to_owned(),
            GoProxyFault::Word => format!("invalid proxy URL missing scheme: {entry}"),
            GoProxyFault::Scheme => format!("invalid proxy URL scheme (must be https, http, file): {entry}"),
            GoProxyFault::NoHost if entry.starts_with("http//") || entry.starts_with("https//") => {
                "dial tcp: lookup http…: no such host".to_owned()
            }
            GoProxyFault::NoHost => "http: no Host in request URL".to_owned(),
            GoProxyFault::Port => "dial tcp: address …: invalid port".to_owned(),
            GoProxyFault::File => format!("invalid file:// proxy URL with non-path elements: {entry}"),
            GoProxyFault::Url => format!("parse \"{entry}\": …"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(value: &str) -> Option<GoProxyFault> {
        GoProxy::parse(value).fault().map(|(_, fault)| fault)
    }

    /// Each was given to Go 1.21.13 and 1.27.3.
    #[test]
    fn values_are_judged_as_go_judges_them() {
        for value in [
            "https://proxy.golang.org,direct",
            "a.example",
            "a.example/x",
            "localhost:3000",
            "file:///srv/goproxy",
            "off",
            "direct",
            "https://a.example|http://b.example:8080, direct",
            "https://u:p@a.example",
            " https://a.example ,",
        ] {
            assert_eq!(fault(value), None, "{value}");
        }
        for (value, expected) in [
            ("none", GoProxyFault::Word),
            ("Direct", GoProxyFault::Word),
            ("/srv/goproxy", GoProxyFault::Word),
            ("https://a.example;https://b.example", GoProxyFault::Separator(';')),
            ("https://a.example https://b.example", GoProxyFault::Separator(' ')),
            ("off direct", GoProxyFault::Separator(' ')),
            ("\"https://a.example\"", GoProxyFault::Quoted),
            ("ftp://a.example", GoProxyFault::Scheme),
            ("https:///x", GoProxyFault::NoHost),
            ("http:/x", GoProxyFault::NoHost),
            ("https//a.example", GoProxyFault::NoHost),
            ("https://a.example:99999", GoProxyFault::Port),
            ("file://host/x", GoProxyFault::File),
            ("https://a.example:x", GoProxyFault::Url),
        ] {
            assert_eq!(fault(value), Some(expected), "{value}");
        }
        assert!(GoProxy::parse(" , |").entries.is_empty());
    }

    #[test]
    fn what_stands_behind_an_end_is_never_used_nor_judged() {
        let list = GoProxy::parse("direct,none|https://a.example");
        assert_eq!((list.entries.len(), list.unused.len()), (1, 2));
        assert!(list.fault().is_none());
    }

    #[test]
    fn plain_slips_are_repaired() {
        for (value, repaired) in [
            ("https://a.example;direct", Some("https://a.example,direct")),
            ("https://a.example | direct", Some("https://a.example|direct")),
            ("'https://a.example',Direct", Some("https://a.example,direct")),
            ("https//a.example,direct", Some("https://a.example,direct")),
            ("http:/a.example", Some("http://a.example")),
            ("none,direct", Some("direct")),
            ("none", None),
            ("ftp://a.example", None),
            (" , ", None),
        ] {
            assert_eq!(GoProxy::repaired(value).as_deref(), repaired, "{value}");
        }
    }
}
