use serde::{Deserialize, Serialize};

/// Who sees a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// gomedic's own environment: the terminal it was started in.
    Session,
    /// A fresh login shell that is not interactive: what display managers,
    /// ssh commands and editors start from.
    Login,
    /// A fresh interactive shell: what a new terminal gets.
    Interactive,
    /// A shell that only runs a command: a script, `ssh host command`, cron.
    NonInteractive,
    /// A running editor server of the same user.
    Editor,
    /// The Windows side of a WSL machine.
    Windows,
}

impl Context {
    /// The contexts of the Linux side, in the order in which they are shown.
    pub const UNIX: [Context; 4] = [Context::Session, Context::Interactive, Context::Login, Context::Editor];

    /// All contexts that a trace shows: besides those that checks judge, the
    /// shell that only runs a command.
    pub const TRACED: [Context; 5] =
        [Context::Session, Context::Interactive, Context::Login, Context::NonInteractive, Context::Editor];

    /// The name used in JSON and machine files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Context::Session => "session",
            Context::Login => "login",
            Context::Interactive => "interactive",
            Context::NonInteractive => "non-interactive",
            Context::Editor => "editor",
            Context::Windows => "windows",
        }
    }

    /// How the context is named inside a sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Context::Session => "this session",
            Context::Login => "a login shell",
            Context::Interactive => "a new terminal",
            Context::NonInteractive => "a script",
            Context::Editor => "the editor",
            Context::Windows => "Windows",
        }
    }

    /// True for contexts whose environment was fixed when they started, so
    /// that a repaired file reaches them only after a restart.
    #[must_use]
    pub fn is_already_running(self) -> bool {
        matches!(self, Context::Session | Context::Editor)
    }
}

impl std::fmt::Display for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
