//! A password stands in a Go setting.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::go::{Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goproxy-credentials",
    layer: Layer::Modules,
    title: "No password stands in a Go setting",
    impact: "A password is open to be read",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/goproxy-credentials"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

/// The settings that hold URLs, or words that could.
const NAMES: [&str; 8] =
    ["GOPROXY", "GOSUMDB", "GOAUTH", "GOFLAGS", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE"];

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let found = NAMES.iter().flat_map(|name| {
        let values = settings.values(name).into_iter();
        values.filter_map(|(setting, contexts)| finding(settings, rc, name, &setting, contexts))
    });
    shells.outcome(found.collect())
}

fn finding(
    settings: &Settings,
    rc: &RcFiles,
    name: &'static str,
    setting: &Setting,
    contexts: Vec<Context>,
) -> Option<Finding> {
    let Secret { host, plain } = secret(&setting.value)?;
    let view = settings.view(*contexts.first()?)?;
    let (evidence, writer) = settings.trace(name, setting, &contexts, rc);
    let without = without_userinfo(&setting.value);
    let take_out = remedy::rewrite(name, setting, writer.as_ref(), &without, view).map(|mut fix| {
        fix.title = format!("Take the password out of {name}; keep it in ~/.netrc instead");
        remedy::reviewed(fix)
    });
    let sent = if plain {
        "Over plain http Go does not send it: refusing to pass credentials to insecure URL."
    } else {
        "go env prints it, and every program started from this shell can read it."
    };
    Some(
        Finding::new(format!("{name}:{host}"), Severity::Warning, format!("{name} holds a password for {host}"))
            .seen_in(contexts)
            .about(name)
            .detail(format!("{sent} ~/.netrc keeps passwords for https hosts in a file that only you can read."))
            .evidence(evidence.expected(format!("https://{host} without user and password")))
            .fixes(take_out)
            .fix(Fix::manual(
                "Write the password into ~/.netrc",
                format!(
                    "Write three lines into ~/.netrc: machine {host}, login and your user name, password and the password. Let nobody else read the file, and take both out of {name}. If the value was ever pasted somewhere, change the password."
                ),
                Some("chmod 600 ~/.netrc".to_owned()),
            )),
    )
}

/// The value without `user:password@` in its URLs.
fn without_userinfo(value: &str) -> String {
    let word = |word: &str| {
        let at = word.find("://").map_or(0, |at| at + 3);
        let end = word[at..].find(['/', '?', '#']).map_or(word.len(), |end| at + end);
        let host = word[at..end].rsplit_once('@').map_or(&word[at..end], |(_, host)| host);
        format!("{}{host}{}", &word[..at], &word[end..])
    };
    let pieces = value.split_inclusive([',', '|', ' ', '=']);
    pieces
        .map(|piece| {
            let text = piece.trim_end_matches([',', '|', ' ', '=']);
            word(text) + &piece[text.len()..]
        })
        .collect()
}

/// Whom a password is for.
struct Secret {
    host: String,
    /// It would go over plain HTTP.
    plain: bool,
}

/// The first URL with a password or a token for a user, when masking would
/// change it.
fn secret(value: &str) -> Option<Secret> {
    value.split([',', '|', ' ', '=']).find_map(|word| {
        let (scheme, rest) = word.split_once("://").unwrap_or(("https", word));
        let authority = rest.split(['/', '?', '#']).next()?;
        let (userinfo, host) = authority.rsplit_once('@')?;
        let url = format!("{scheme}://{userinfo}@{host}");
        let has_password = userinfo.split_once(':').is_some_and(|(_, password)| !password.is_empty());
        let is_secret = has_password || mask(&url) != url;
        (is_secret && !host.is_empty()).then(|| Secret { host: host.to_owned(), plain: scheme == "http" })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_found_and_plain_users_are_none() {
        for (value, host) in [
            ("https://kim:s3cret@go.corp.example,direct", Some("go.corp.example")),
            ("kim:s3cret@go.corp.example:8443/x|direct", Some("go.corp.example:8443")),
            ("https://0123456789abcdef0123456789@go.corp.example", Some("go.corp.example")),
            ("sum.golang.org https://a:b@sum.corp.example", Some("sum.corp.example")),
            ("https://kim@go.corp.example", None),
            ("https://kim:@go.corp.example", None),
            ("https://go.corp.example/@v/x:y", None),
            ("github.com/a,git@x", None),
        ] {
            assert_eq!(secret(value).map(|secret| secret.host).as_deref(), host, "{value}");
        }
    }

    #[test]
    fn only_user_and_password_are_taken_out() {
        for (value, without) in [
            ("https://u:p@a.example/x@y,direct", "https://a.example/x@y,direct"),
            ("u:p@a.example|https://t@b.example|off", "a.example|https://b.example|off"),
            ("sum.golang.org https://a:b@sum.corp.example", "sum.golang.org https://sum.corp.example"),
            ("direct", "direct"),
        ] {
            assert_eq!(without_userinfo(value), without);
        }
    }
}
