//! The system's own settings for new sessions.

use crate::host::Environment;
use crate::host::live::environ;

/// What `login`, or PAM before a session, would set.
pub(super) struct Etc {
    /// Of `/etc/environment`.
    pub(super) environment: Environment,
    /// Text of `/etc/login.defs`.
    login_defs: String,
}

impl Etc {
    pub(super) fn read() -> Self {
        let text = |path| std::fs::read_to_string(path).unwrap_or_default();
        Etc { environment: parse_environment(&text("/etc/environment")), login_defs: text("/etc/login.defs") }
    }

    /// The PATH of `/etc/login.defs`, or else the customary one.
    pub(super) fn path(&self, uid: u32) -> String {
        let (name, customary) = match uid {
            0 => ("ENV_SUPATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
            _ => ("ENV_PATH", "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"),
        };
        login_path(&self.login_defs, name).unwrap_or_else(|| customary.to_owned())
    }
}

/// A container's environment, as its first process got it; empty when that
/// cannot be read.
pub(super) fn first_process() -> Environment {
    environ::of_block(&std::fs::read("/proc/1/environ").unwrap_or_default())
}

/// `ENV_PATH PATH=/usr/bin:/bin`, with or without the `PATH=`.
fn login_path(text: &str, wanted: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (name, value) = line.trim().split_once(char::is_whitespace)?;
        let value = value.trim();
        (name == wanted).then(|| value.strip_prefix("PATH=").unwrap_or(value).to_owned())
    })
}

/// `NAME=value` lines as pam_env(8) reads them: an `export` before, quotes
/// around the value and a comment behind it are allowed.
fn parse_environment(text: &str) -> Environment {
    text.lines()
        .filter_map(|line| {
            let line = line.split('#').next().unwrap_or_default().trim();
            let (name, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
            let value = value.trim_matches(['"', '\'']);
            Some((name.trim(), value)).filter(|(name, _)| !name.is_empty())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_file_is_read_as_pam_does() {
        let parsed =
            parse_environment("# all\nPATH=\"/usr/bin:/bin\"\nexport GOPROXY='https://p'  # ours\n=x\nbroken\n");
        let expected: Environment = [("PATH", "/usr/bin:/bin"), ("GOPROXY", "https://p")].into_iter().collect();
        assert_eq!(parsed, expected);
    }

    #[test]
    fn the_login_path_is_found() {
        let text = "# ENV_PATH no\nENV_SUPATH\tPATH=/sbin:/bin\nENV_PATH /bin\n";
        assert_eq!(login_path(text, "ENV_SUPATH").unwrap(), "/sbin:/bin");
        assert_eq!(login_path(text, "ENV_PATH").unwrap(), "/bin");
        assert_eq!(login_path("", "ENV_PATH"), None);
    }
}
