//! git's configuration holds a token or a password.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, mask};
use crate::probes::modules::{GitConfig, GitEntry, GitLine, GitUrl};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "git-token-in-config",
    layer: Layer::Modules,
    title: "git's configuration holds no token",
    impact: "A token lies open",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/git-token-in-config"),
    rule: rule!(judge(Contexts, GitConfig)),
};

fn judge(shells: &Contexts, config: &GitConfig) -> Outcome {
    let mut found: Vec<(Secret<'_>, Vec<Context>)> = Vec::new();
    for view in &config.views {
        for secret in view.entries.iter().filter_map(secret) {
            match found.iter_mut().find(|(known, _)| known.is_at(&secret)) {
                Some((_, contexts)) => contexts
                    .extend(view.contexts.iter().filter(|one| !contexts.contains(one)).copied().collect::<Vec<_>>()),
                None => found.push((secret, view.contexts.clone())),
            }
        }
    }
    let problem: Option<&Missing> = config.views.iter().find_map(|view| view.problem.as_ref());
    match problem {
        Some(missing) if found.is_empty() => missing.clone().into(),
        _ => shells.outcome(found.into_iter().map(|(secret, contexts)| finding(&secret, contexts)).collect()),
    }
}

/// A secret in a line of a file.
struct Secret<'a> {
    entry: &'a GitEntry,
    line: &'a GitLine,
    place: Place,
    /// Whom it is for.
    host: String,
}

/// Where in the line it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the URL of the section: `[url "https://token@host/"]`.
    Section,
    /// In a URL as the value.
    Value,
    /// In a header that is sent.
    Header,
}

impl Secret<'_> {
    /// Several lines below one header share its secret.
    fn is_at(&self, other: &Secret<'_>) -> bool {
        let line = |secret: &Secret<'_>| match secret.place {
            Place::Section => secret.line.header,
            Place::Value | Place::Header => secret.line.line,
        };
        self.place == other.place && self.line.path == other.line.path && line(self) == line(other)
    }
}

/// The secret of a setting. What a variable holds is of this session, and not
/// of git's files.
fn secret(entry: &GitEntry) -> Option<Secret<'_>> {
    let line = entry.line()?;
    let of = |text: &str| Some(GitUrl::parse(text)?.host).filter(|_| mask(text) != text);
    let (place, host) = match (entry.section.as_str(), entry.name.as_str()) {
        ("url", _) => (Place::Section, of(entry.subsection.as_deref()?)?),
        ("remote" | "submodule", "url" | "pushurl") => (Place::Value, of(entry.text())?),
        ("http", "extraheader") if mask(entry.text()) != entry.text() => {
            let host = entry.subsection.as_deref().and_then(GitUrl::parse).map(|url| url.host);
            (Place::Header, host.unwrap_or_else(|| "every host".to_owned()))
        }
        _ => return None,
    };
    Some(Secret { entry, line, place, host })
}

fn finding(secret: &Secret<'_>, contexts: Vec<Context>) -> Finding {
    let Secret { line, host, .. } = secret;
    let what = match secret.place {
        Place::Header => "an Authorization header",
        Place::Section | Place::Value => "a password or token",
    };
    let file = &line.file;
    let named = match (secret.place, &secret.entry.subsection) {
        (Place::Value, Some(name)) => format!("{host}:{name}"),
        _ => host.clone(),
    };
    Finding::new(format!("{file}:{named}"), Severity::Warning, format!("{file} holds {what} for {host}"))
        .seen_in(contexts)
        .detail(
            "git config --list prints it, git and Go repeat it in errors, and backups and dotfiles repositories carry it away. Who has it can read your repositories, and often write to them.",
        )
        .evidence(evidence(secret))
        .fixes(take_out(secret))
        .fix(Fix::manual(
            "Revoke the token and sign in through a credential helper",
            format!("A token that has lain in a file may be known. Revoke it at {host}, make a new one, and let a credential helper keep it, such as Git Credential Manager or libsecret."),
            (host == "github.com").then(|| "gh auth login".to_owned()),
        ))
}

fn evidence(secret: &Secret<'_>) -> Evidence {
    let Secret { entry, line, .. } = secret;
    match secret.place {
        Place::Section => Evidence::new(format!("{}:{}", line.file, line.header), mask(line.header_text.trim())),
        Place::Value | Place::Header => entry.evidence(),
    }
}

fn take_out(secret: &Secret<'_>) -> Option<Fix> {
    let Secret { entry, line, .. } = secret;
    let title = |number: usize| format!("Take the token out of {}:{number}, and sign in anew", line.file);
    match secret.place {
        Place::Section => {
            let url = entry.subsection.as_deref()?;
            remedy::replace_in_git_header(title(line.header), line, url, &without_secret(url))
        }
        Place::Value => {
            remedy::replace_in_git_line(title(line.line), line, entry.text(), &without_secret(entry.text()))
        }
        // The header of the section holds for the lines below, too.
        Place::Header if line.line == line.header => None,
        Place::Header => {
            let title = format!("Comment out {}:{}, and send no header", line.file, line.line);
            // What was commented out would still lie open.
            let bare = mask(&line.text);
            remedy::replace_in_git_line(title, line, line.text.trim(), &format!("# {}", bare.trim()))
        }
    }
}

/// The URL without its password. A user name that is none goes too: it is the
/// token, or a word that stands in for one.
fn without_secret(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find('/').unwrap_or(rest.len());
    let Some((userinfo, host)) = rest[..end].rsplit_once('@') else { return url.to_owned() };
    let user = userinfo.split(':').next().unwrap_or_default();
    let stands_in = matches!(user, "" | "oauth2" | "x-access-token" | "x-oauth-basic" | "token" | "gitlab-ci-token");
    let is_token = mask(&format!("{scheme}://{user}@{host}")) != format!("{scheme}://{user}@{host}");
    let user = if stands_in || is_token { String::new() } else { format!("{user}@") };
    format!("{scheme}://{user}{host}{}", &rest[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_goes_and_a_user_stays() {
        for (url, without) in [
            ("https://kim:s3cret@a.example/x@y", "https://kim@a.example/x@y"),
            ("https://ghp_0123456789abcdef0123@github.com/", "https://github.com/"),
            ("https://ghp_0123456789abcdef0123:x-oauth-basic@github.com/", "https://github.com/"),
            ("https://oauth2:glpat-0123456789abcdefgh@gitlab.com", "https://gitlab.com"),
            ("https://a.example/", "https://a.example/"),
            ("git@github.com:x", "git@github.com:x"),
        ] {
            assert_eq!(without_secret(url), without, "{url}");
        }
    }
}
