use std::path::Path;

/// How a text file is written, as far as editing it needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fix) enum Dialect {
    /// A script of a POSIX-like shell: sh, bash, zsh, ksh.
    Posix,
    /// A fish script.
    Fish,
    /// JSON with comments.
    Json,
    /// go.mod and go.work: comments begin with `//`.
    GoMod,
    /// Anything else that is made of lines: comments begin with `#`.
    Lines,
}

impl Dialect {
    /// The dialect of a file, by its name.
    pub(in crate::fix) fn of(path: &Path) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let extension = path.extension().map(|end| end.to_string_lossy()).unwrap_or_default();
        match (&*name, &*extension) {
            (_, "fish") => Dialect::Fish,
            (_, "json" | "jsonc" | "code-workspace") => Dialect::Json,
            ("go.mod" | "go.work", _) => Dialect::GoMod,
            (_, "sh" | "bash" | "zsh" | "ksh") => Dialect::Posix,
            (name, _) if is_shell_start_file(name) => Dialect::Posix,
            _ => Dialect::Lines,
        }
    }

    /// What begins a comment.
    pub(in crate::fix) fn comment(self) -> &'static str {
        match self {
            Dialect::Posix | Dialect::Fish | Dialect::Lines => "#",
            Dialect::Json | Dialect::GoMod => "//",
        }
    }
}

/// `.bashrc`, `zprofile`, `bash.bashrc`, `.profile`, and whatever a person has
/// split off them, such as `.bash_aliases`.
fn is_shell_start_file(name: &str) -> bool {
    let name = name.strip_prefix('.').unwrap_or(name);
    name.starts_with("bash")
        || name == "profile"
        || matches!(name, "zshrc" | "zshenv" | "zprofile" | "zlogin" | "zlogout")
        || matches!(name, "kshrc" | "mkshrc" | "shrc" | "shinit" | "xprofile" | "xsessionrc")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_follow_from_names() {
        let of = |path: &str| Dialect::of(Path::new(path));
        assert_eq!(of("/home/u/.bashrc"), Dialect::Posix);
        assert_eq!(of("/etc/profile.d/go.sh"), Dialect::Posix);
        assert_eq!(of("/etc/zsh/zshenv"), Dialect::Posix);
        assert_eq!(of("/home/u/.config/fish/config.fish"), Dialect::Fish);
        assert_eq!(of("/home/u/.config/go/env"), Dialect::Lines);
        assert_eq!(of("/etc/environment"), Dialect::Lines);
        assert_eq!(of("/src/go.work"), Dialect::GoMod);
        assert_eq!(of("/home/u/.vscode-server/data/Machine/settings.json"), Dialect::Json);
    }
}
