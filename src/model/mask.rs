//! Keeps secrets that stand in settings and rc files off the screen and out of
//! reports. What is asked or changed uses the real text.

use std::borrow::Cow;

/// What stands where a secret stood, as in Go's own errors.
const MASKED: &str = "xxxxx";

/// A user name this long in a URL is rather a token.
const LONG_USER: usize = 16;

/// Prefixes that tell a token by itself.
const TOKEN_PREFIXES: [&str; 8] = ["ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk-"];

/// Parts of variable names that hold secrets.
const SECRET_NAMES: [&str; 6] = ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "API_KEY", "ACCESS_KEY"];

/// One line with its secrets masked: passwords and tokens in URLs, tokens of
/// known form, the values of variables whose names say that they are secret.
#[must_use]
pub fn mask(line: &str) -> Cow<'_, str> {
    let line = mask_urls(line);
    let line = chain(line, mask_bare_proxy);
    let line = chain(line, mask_tokens);
    let line = chain(line, mask_authorization);
    chain(line, mask_assignment)
}

fn chain<'a>(line: Cow<'a, str>, step: impl Fn(&str) -> Option<String>) -> Cow<'a, str> {
    match step(&line) {
        Some(masked) => Cow::Owned(masked),
        None => line,
    }
}

/// `https://user:pass@host` becomes `https://user:xxxxx@host`.
fn mask_urls(line: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("://") {
        let (head, tail) = rest.split_at(at + 3);
        out.push_str(head);
        let (authority, after) = tail.split_at(authority_end(tail));
        match authority.rsplit_once('@') {
            Some((user, host)) => {
                out.push_str(&mask_userinfo(user));
                out.push('@');
                out.push_str(host);
            }
            None => out.push_str(authority),
        }
        rest = after;
    }
    if out.is_empty() {
        return Cow::Borrowed(line);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Where the authority of a URL ends. One that is written wrong may hold a
/// password with signs that end an authority: it reaches to the last `@`.
fn authority_end(tail: &str) -> usize {
    let end = |signs: &str| tail.find(|c: char| c.is_whitespace() || signs.contains(c)).unwrap_or(tail.len());
    let regular = end("/?#'\"`,|;");
    let password = tail[..regular].split_once(':').map(|(_, behind)| behind);
    let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if tail[..regular].contains('@') || password.is_none_or(is_port) {
        return regular;
    }
    let word = &tail[..end("'\"`")];
    word.rfind('@').map_or(regular, |at| word[at..].find(['/', '?', '#', ',', '|', ';']).map_or(word.len(), |n| at + n))
}

/// `HTTPS_PROXY=user:pass@host:3128`: a proxy needs no scheme.
fn mask_bare_proxy(line: &str) -> Option<String> {
    let at = line.rfind('@')?;
    if !line.to_ascii_lowercase().contains("proxy") || line[..at].contains("://") {
        return None;
    }
    let start = line[..at].rfind(|c: char| c.is_whitespace() || "='\"".contains(c)).map_or(0, |before| before + 1);
    let userinfo = &line[start..at];
    userinfo.contains(':').then(|| format!("{}{}{}", &line[..start], mask_userinfo(userinfo), &line[at..]))
}

fn mask_userinfo(userinfo: &str) -> String {
    let user = |user: &str| match user.len() >= LONG_USER {
        true => MASKED.to_owned(),
        false => user.to_owned(),
    };
    match userinfo.split_once(':') {
        Some((name, "")) => format!("{}:", user(name)),
        Some((name, _)) => format!("{}:{MASKED}", user(name)),
        None => user(userinfo),
    }
}

/// `ghp_abc…` becomes `ghp_xxxxx`.
fn mask_tokens(line: &str) -> Option<String> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut out = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_token(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        let prefix = TOKEN_PREFIXES
            .iter()
            .find(|prefix| word.strip_prefix(**prefix).is_some_and(|secret| secret.len() >= LONG_USER));
        match prefix {
            Some(prefix) => {
                out.push_str(prefix);
                out.push_str(MASKED);
            }
            None => out.push_str(word),
        }
        let separators = tail.find(is_token).unwrap_or(tail.len());
        out.push_str(&tail[..separators]);
        rest = &tail[separators..];
    }
    (out != line).then_some(out)
}

/// `Authorization: basic abc` becomes `Authorization: basic xxxxx`.
fn mask_authorization(line: &str) -> Option<String> {
    const HEADER: &str = "authorization:";
    let at = line.to_ascii_lowercase().find(HEADER)? + HEADER.len();
    let (head, value) = line.split_at(at);
    let start = value.len() - value.trim_start().len();
    // The first of two words says what kind of secret the second one is.
    let kind = value[start..].find(char::is_whitespace).map_or(0, |end| end + 1);
    let (kind, secret) = value.split_at(start + kind);
    (!secret.trim().is_empty()).then(|| format!("{head}{kind}{MASKED}"))
}

/// `export API_TOKEN=abc` becomes `export API_TOKEN=xxxxx`.
fn mask_assignment(line: &str) -> Option<String> {
    let (head, value) = line
        .split_once('=')
        .or_else(|| line.trim_start().starts_with("set ").then(|| line.rsplit_once(' ')).flatten())?;
    let name = head.trim_end().rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next()?;
    let name = name.to_ascii_uppercase();
    // What is computed when the shell starts holds no secret by itself.
    let computed = value.trim_start_matches(['"', '\'']).starts_with(['$', '`']);
    let secret = SECRET_NAMES.iter().any(|part| name.contains(part));
    (secret && !value.trim().is_empty() && !computed).then(|| format!("{}{MASKED}", &line[..line.len() - value.len()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_urls_are_masked() {
        for (line, masked) in [
            ("GOPROXY=https://me:s3cret@go.corp,direct", "GOPROXY=https://me:xxxxx@go.corp,direct"),
            ("a://u:p@h b://v:q@i/x@y", "a://u:xxxxx@h b://v:xxxxx@i/x@y"),
            ("https://0123456789abcdef0123:x-oauth-basic@github.com/", "https://xxxxx:xxxxx@github.com/"),
            ("url = https://git@github.com/x", "url = https://git@github.com/x"),
            ("http://u:p#s/w@proxy:80/", "http://u:xxxxx@proxy:80/"),
            ("https://h:8080/x/@v/list", "https://h:8080/x/@v/list"),
            ("export https_proxy=me:s3cret@proxy:3128", "export https_proxy=me:xxxxx@proxy:3128"),
            ("ssh me:s3cret@host", "ssh me:s3cret@host"),
            ("https://proxy.golang.org,direct", "https://proxy.golang.org,direct"),
        ] {
            assert_eq!(mask(line), masked);
        }
    }

    #[test]
    fn tokens_and_secret_variables_are_masked() {
        for (line, masked) in [
            ("export GITHUB_TOKEN=abc # mine", "export GITHUB_TOKEN=xxxxx"),
            ("set -gx OPENAI_API_KEY abc", "set -gx OPENAI_API_KEY xxxxx"),
            ("x ghp_0123456789abcdef0123 y", "x ghp_xxxxx y"),
            ("export MY_TOKEN=$(pass show x)", "export MY_TOKEN=$(pass show x)"),
            ("\textraheader = AUTHORIZATION: basic c2VjcmV0", "\textraheader = AUTHORIZATION: basic xxxxx"),
            ("Authorization:c2VjcmV0", "Authorization:xxxxx"),
            ("authorization:", "authorization:"),
            ("export GOROOT=/opt/go1.20", "export GOROOT=/opt/go1.20"),
            ("größe=1 ✖", "größe=1 ✖"),
        ] {
            assert_eq!(mask(line), masked);
        }
    }
}
