use std::path::Path;

use crate::host::Machine;

/// The family of a shell, as far as its start files go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShellKind {
    /// bash.
    Bash,
    /// zsh.
    Zsh,
    /// fish.
    Fish,
    /// sh, dash, ash, ksh and what else follows POSIX.
    Posix,
}

impl ShellKind {
    /// The family that an executable's name tells; what is not known is taken
    /// for a POSIX shell.
    #[must_use]
    pub fn of(path: &Path) -> ShellKind {
        match path.file_name().and_then(|name| name.to_str()) {
            Some("bash" | "rbash") => ShellKind::Bash,
            Some("zsh") => ShellKind::Zsh,
            Some("fish") => ShellKind::Fish,
            _ => ShellKind::Posix,
        }
    }

    /// The family of the user's shell; POSIX when the user has none.
    #[must_use]
    pub fn of_user(machine: &Machine) -> ShellKind {
        machine.user.shell.as_deref().map_or(ShellKind::Posix, ShellKind::of)
    }

    /// What the shell answers to a command that it does not find.
    #[must_use]
    pub fn command_not_found(self, command: &str) -> String {
        match self {
            ShellKind::Bash => format!("{command}: command not found"),
            ShellKind::Zsh => format!("zsh: command not found: {command}"),
            ShellKind::Fish => format!("fish: Unknown command: {command}"),
            ShellKind::Posix => format!("{command}: not found"),
        }
    }
}
