use std::path::Path;

/// A shell that can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bash,
    Zsh,
    Fish,
    /// dash, ash, busybox, ksh and what else is called `sh`.
    Posix,
}

impl Kind {
    /// The kind of shell that an executable's name tells.
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path.file_name()?.to_str()? {
            "bash" | "rbash" => Some(Kind::Bash),
            "zsh" => Some(Kind::Zsh),
            "fish" => Some(Kind::Fish),
            "sh" | "dash" | "ash" | "ksh" | "ksh93" | "mksh" | "lksh" | "oksh" | "loksh" | "yash" => Some(Kind::Posix),
            _ => None,
        }
    }

    /// The files that a login shell reads, for people.
    pub(super) fn login_files(self) -> &'static str {
        match self {
            Kind::Bash => "/etc/profile, ~/.bash_profile or ~/.profile",
            Kind::Zsh => "~/.zshenv, ~/.zprofile or ~/.zlogin",
            Kind::Fish => "~/.config/fish/config.fish or conf.d",
            Kind::Posix => "/etc/profile or ~/.profile",
        }
    }

    /// The files that an interactive shell reads, for people.
    pub(super) fn interactive_files(self) -> &'static str {
        match self {
            Kind::Bash => "~/.bashrc or a file that it reads",
            Kind::Zsh => "~/.zshrc or a file that it reads",
            Kind::Fish => "~/.config/fish/config.fish or conf.d",
            Kind::Posix => "the file that ENV names",
        }
    }
}
