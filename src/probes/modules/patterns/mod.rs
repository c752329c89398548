//! GOPRIVATE and its relatives: lists of patterns of module paths.

mod glob;

use glob::glob;

/// A list of patterns of module paths, as GOPRIVATE and its relatives hold
/// it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModulePatterns {
    /// The patterns as they stand, blanks and all; empty ones are left out.
    pub patterns: Vec<String>,
}

/// Why a pattern matches no module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PatternFault {
    /// A blank, `;` or `|` stands where only commas divide patterns.
    Separator(char),
    /// Quotes became part of the value.
    Quoted,
    /// It begins with a scheme, as `https://`.
    Scheme,
    /// It is an address of ssh, as `git@host:path`.
    Ssh,
    /// It names a port, or has another colon.
    Colon,
    /// It begins with a slash.
    Slash,
    /// Its host has capitals, which no module path has there.
    Capitals,
    /// A bracket is not closed, or the like.
    Syntax,
}

impl ModulePatterns {
    /// Takes a value apart.
    #[must_use]
    pub fn parse(value: &str) -> ModulePatterns {
        ModulePatterns { patterns: value.split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect() }
    }

    /// The first pattern that matches a module, as Go compares them.
    #[must_use]
    pub fn matching(&self, module: &str) -> Option<&str> {
        self.patterns.iter().find(|pattern| matches(pattern, module)).map(String::as_str)
    }

    /// The patterns that can match nothing.
    pub fn faults(&self) -> impl Iterator<Item = (&str, PatternFault)> {
        self.patterns.iter().filter_map(|pattern| Some((pattern.as_str(), PatternFault::of(pattern)?)))
    }

    /// The value with what is plainly meant, where that can be told.
    #[must_use]
    pub fn repaired(value: &str) -> Option<String> {
        let words = value.split(|c: char| c.is_whitespace() || ",;|\"'".contains(c));
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(plainly_meant).collect();
        let right = words.iter().all(|word| PatternFault::of(word).is_none());
        (right && !words.is_empty()).then(|| words.join(","))
    }
}

/// `https://host:8443/path.git` and `git@host:path.git` become `host/path`.
fn plainly_meant(word: &str) -> String {
    let (is_address, rest) = match (word.split_once("://"), word.strip_prefix("git@")) {
        (Some((_, rest)), _) => (true, rest.rsplit_once('@').map_or(rest, |(_, host)| host)),
        (None, Some(rest)) => (true, rest),
        (None, None) => (false, word),
    };
    let rest = rest.trim_start_matches('/');
    let (host, path) = match rest.find(['/', ':']) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, ""),
    };
    // Behind a colon stands a port, or the path.
    let behind = rest[host.len()..].starts_with(':').then(|| path.split_once('/').unwrap_or((path, "")));
    let path = match behind {
        Some((port, path)) if port.bytes().all(|byte| byte.is_ascii_digit()) => path,
        _ => path,
    };
    let path = if is_address { path.trim_end_matches('/').trim_end_matches(".git") } else { path };
    let host = host.to_ascii_lowercase();
    if path.is_empty() { host } else { format!("{host}/{path}") }
}

impl PatternFault {
    fn of(pattern: &str) -> Option<PatternFault> {
        if let Some(separator) = pattern.chars().find(|c| c.is_whitespace() || matches!(c, ';' | '|')) {
            return Some(PatternFault::Separator(separator));
        }
        if pattern.contains(['"', '\'']) {
            return Some(PatternFault::Quoted);
        }
        let host = pattern.split('/').next().unwrap_or_default();
        if pattern.contains("://") {
            Some(PatternFault::Scheme)
        } else if host.contains('@') {
            Some(PatternFault::Ssh)
        } else if pattern.starts_with('/') {
            Some(PatternFault::Slash)
        } else if glob(pattern, "").is_none() {
            Some(PatternFault::Syntax)
        } else if host.contains(':') {
            Some(PatternFault::Colon)
        } else if !host.contains('[') && host.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Some(PatternFault::Capitals)
        } else {
            None
        }
    }

    /// The fault in words, behind the pattern.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            PatternFault::Separator(';' | '|') => "matches nothing: only commas divide patterns",
            PatternFault::Separator('\r') => "ends with a carriage return, and matches nothing",
            PatternFault::Separator(_) => "holds a blank, and matches nothing",
            PatternFault::Quoted => "has quotes in the value, and matches nothing",
            PatternFault::Scheme => "has a scheme, and matches nothing",
            PatternFault::Ssh => "is an address of ssh, and matches nothing",
            PatternFault::Colon => "has a colon, and matches nothing",
            PatternFault::Slash => "begins with a slash, and matches nothing",
            PatternFault::Capitals => "has capitals in the host, and matches nothing",
            PatternFault::Syntax => "is no pattern that Go can read",
        }
    }
}

/// Follows module.MatchPrefixPatterns: a pattern with n slashes is compared
/// with the first n + 1 elements of the path.
fn matches(pattern: &str, module: &str) -> bool {
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    let slashes = pattern.matches('/').count();
    let mut ends = module.match_indices('/').map(|(at, _)| at).chain([module.len()]);
    let Some(end) = ends.nth(slashes) else { return false };
    !pattern.is_empty() && glob(pattern, &module[..end]) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As module.MatchPrefixPatterns answers.
    #[test]
    fn patterns_match_as_in_go() {
        for (value, module, expected) in [
            ("git.corp.example", "git.corp.example/team/lib", true),
            ("git.corp.example/", "git.corp.example/team/lib", true),
            ("*.corp.example", "git.corp.example/team/lib", true),
            ("*.corp.example", "corp.example/lib", false),
            ("github.com/kim", "github.com/kim/shop", true),
            ("github.com/kim", "github.com/kimberly/shop", false),
            ("github.com/kim/*", "github.com/kim/shop/v2", true),
            ("github.com/kim/*", "github.com/kim", false),
            ("a.b, github.com/kim", "github.com/kim/shop", false),
            ("*", "a.b/c", true),
            ("**", "a.b/c", true),
            ("[a-c].b", "b.b/x", true),
            ("[^a].b", "b.b/x", true),
            ("a?b", "a/b", false),
            ("[", "a.b", false),
            ("", "a.b", false),
        ] {
            assert_eq!(ModulePatterns::parse(value).matching(module).is_some(), expected, "{value} {module}");
        }
    }

    #[test]
    fn patterns_that_match_nothing_are_told() {
        for value in ["git.corp.example,github.com/Kim/*", "*", "none", "*.corp.example/", "go[lm].example", "a.b,,c.d"]
        {
            assert_eq!(ModulePatterns::parse(value).faults().next(), None, "{value}");
        }
        for (value, fault) in [
            ("https://git.corp.example", PatternFault::Scheme),
            ("a.b, c.d", PatternFault::Separator(' ')),
            ("a.b\r", PatternFault::Separator('\r')),
            ("a.b;c.d", PatternFault::Separator(';')),
            ("\"a.b\"", PatternFault::Quoted),
            ("git@github.com:kim", PatternFault::Ssh),
            ("git.corp.example:8443", PatternFault::Colon),
            ("/a.b", PatternFault::Slash),
            ("Git.corp.example/a", PatternFault::Capitals),
            ("a.b/[x", PatternFault::Syntax),
            ("a.b/[]", PatternFault::Syntax),
        ] {
            assert_eq!(ModulePatterns::parse(value).faults().map(|(_, fault)| fault).next(), Some(fault), "{value}");
        }
    }

    #[test]
    fn what_is_plainly_meant_is_written_so() {
        for (value, right) in [
            ("https://git.corp.example/", Some("git.corp.example")),
            ("https://kim@git.corp.example:8443/team/lib.git", Some("git.corp.example/team/lib")),
            ("git@github.com:kim/shop.git;a.b", Some("github.com/kim/shop,a.b")),
            ("a.b, *.c.d", Some("a.b,*.c.d")),
            ("'a.b'", Some("a.b")),
            ("ssh://git@git.corp.example", Some("git.corp.example")),
            ("git.corp.example:8443", Some("git.corp.example")),
            ("a.b,[", None),
            (" ; ", None),
        ] {
            assert_eq!(ModulePatterns::repaired(value).as_deref(), right, "{value}");
        }
    }
}
