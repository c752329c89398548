use std::path::PathBuf;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A variable of the environment.
    Variable,
    /// One folder on PATH: `PATH:/usr/local/go/bin`.
    PathEntry(PathBuf),
    /// A command.
    Command,
}

impl Subject {
    /// What is said of a context that does not have it.
    #[must_use]
    pub fn absence(&self) -> &'static str {
        match self {
            Subject::Variable => "not set",
            Subject::PathEntry(_) | Subject::Command => "not on PATH",
        }
    }

    /// Names in capitals are variables, and so are the proxies in small
    /// letters; all others are commands.
    #[must_use]
    pub fn of(name: &str) -> Subject {
        if let Some(folder) = name.strip_prefix("PATH:") {
            return Subject::PathEntry(PathBuf::from(folder));
        }
        let is_proxy = name.eq_ignore_ascii_case("http_proxy") || name.ends_with("_proxy");
        let first_is_capital = name.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase() || byte == b'_');
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_name && (is_proxy || first_is_capital || name == "fish_user_paths") {
            Subject::Variable
        } else {
            Subject::Command
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_they_stand_for() {
        for name in ["GOPATH", "HTTP_PROXY", "https_proxy", "GO111MODULE", "_X", "NVM_dir"] {
            assert_eq!(Subject::of(name), Subject::Variable, "{name}");
        }
        for name in ["go", "gopls", "golangci-lint", "", "./go", "Go-x"] {
            assert_eq!(Subject::of(name), Subject::Command, "{name}");
        }
        assert_eq!(Subject::of("PATH:/go/bin"), Subject::PathEntry("/go/bin".into()));
    }
}
