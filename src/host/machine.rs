use std::path::{Path, PathBuf};

use super::Wsl;

/// What is known of a machine without asking it anything slow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// `linux`, `macos`, `windows`: as Rust names it.
    pub os: String,
    /// `x86_64`, `aarch64`, …: as Rust names it.
    pub arch: String,
    /// Kernel release.
    pub kernel: Option<String>,
    /// `PRETTY_NAME` of os-release, shortened: `Debian 12`.
    pub distro: Option<String>,
    /// `ID` of os-release, then the words of `ID_LIKE`: `["ubuntu", "debian"]`.
    pub distro_family: Vec<String>,
    /// True inside a container.
    pub container: bool,
    /// Whether a Windows host stands around it.
    pub wsl: Wsl,
    /// The user that gomedic runs as.
    pub user: User,
    /// The folder that is looked at.
    pub folder: PathBuf,
    /// Name of the recorded machine; None for the live one.
    pub recorded: Option<String>,
}

/// A user of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Login name.
    pub name: String,
    /// User id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
    /// Home folder, from HOME or else from the user database.
    pub home: Option<PathBuf>,
    /// Login shell, from the user database, or else SHELL.
    pub shell: Option<PathBuf>,
}

impl Machine {
    /// True in a distribution under WSL.
    #[must_use]
    pub fn is_wsl(&self) -> bool {
        self.wsl.class.is_distribution()
    }

    /// The operating system as Go names it.
    #[must_use]
    pub fn goos(&self) -> &str {
        match self.os.as_str() {
            "macos" => "darwin",
            other => other,
        }
    }

    /// The architecture as Go names it.
    #[must_use]
    pub fn goarch(&self) -> &str {
        match self.arch.as_str() {
            "x86_64" => "amd64",
            "aarch64" => "arm64",
            "x86" => "386",
            "powerpc64" => "ppc64le",
            "loongarch64" => "loong64",
            other => other,
        }
    }

    /// True for the platform of this machine, in Go's names.
    #[must_use]
    pub fn is_platform(&self, goos: &str, goarch: &str) -> bool {
        goos == self.goos() && goarch == self.goarch()
    }

    /// A path for people: `~` for the home folder.
    #[must_use]
    pub fn tilde(&self, path: &Path) -> String {
        if let Some(home) = &self.user.home
            && let Ok(rest) = path.strip_prefix(home)
        {
            return if rest.as_os_str().is_empty() { "~".to_owned() } else { format!("~/{}", rest.display()) };
        }
        path.display().to_string()
    }

    /// The path that `text` names: `~` is the home folder.
    #[must_use]
    pub fn untilde(&self, text: &str) -> PathBuf {
        match (&self.user.home, text.strip_prefix('~')) {
            (Some(home), Some("")) => home.clone(),
            (Some(home), Some(rest)) if rest.starts_with('/') => home.join(&rest[1..]),
            _ => PathBuf::from(text),
        }
    }

    /// True for what packages own: it belongs to the system even where this
    /// user, as root, owns it.
    #[must_use]
    pub fn is_of_system(&self, path: &Path) -> bool {
        let in_home = self.user.home.as_ref().is_some_and(|home| path.starts_with(home));
        !in_home && ["/etc", "/usr", "/nix", "/opt"].iter().any(|folder| path.starts_with(folder))
    }

    /// The name of the user's shell without its folder: `bash`, `zsh`.
    #[must_use]
    pub fn shell_name(&self) -> Option<&str> {
        self.user.shell.as_deref()?.file_name()?.to_str()
    }

    /// True when os-release names this family as its own or a parent.
    #[must_use]
    pub fn is_like(&self, family: &str) -> bool {
        self.distro_family.iter().any(|name| name == family)
    }
}
