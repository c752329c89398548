//! gopls, Delve, VS Code, ptrace.

mod editor_use;
mod family;
mod jsonc;
mod launch;
mod pinned_go;
mod ptrace;
mod tools;
mod vscode_settings;

pub use editor_use::{Editor, EditorKind, EditorUse};
pub use launch::AttachConfigurations;
pub use pinned_go::{Pin, Pinned, PinnedGo};
pub use ptrace::Ptrace;
pub use tools::{Looker, Tool, ToolName, Tools};
pub use vscode_settings::{Chain, EditorSetting, Scope, SettingsFile, VscodeSettings};
