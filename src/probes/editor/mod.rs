//! gopls, Delve, VS Code, ptrace.

mod debug_servers;
mod editor_hosts;
mod editor_proxies;
mod editor_use;
mod family;
mod go_extension;
mod jsonc;
mod launch;
mod listen;
mod opened_folder;
mod overrides;
mod pinned_go;
mod ptrace;
mod tools;
mod tracing;
mod vscode_settings;
mod windows_side;

pub use debug_servers::{AddressLine, DebugServer, DebugServers};
pub use editor_hosts::{EditorHost, EditorHosts, NewerFile, Seat};
pub use editor_proxies::{EditorProxies, EditorProxy};
pub use editor_use::{Editor, EditorKind, EditorUse};
pub use go_extension::{GoExtension, GoExtensions};
pub use launch::AttachConfigurations;
pub use opened_folder::{Module, OpenedFolder, Outside};
pub use overrides::{EditorOverride, EditorOverrides, Receiver};
pub use pinned_go::{Pin, Pinned, PinnedGo};
pub use ptrace::Ptrace;
pub use tools::{Looker, Tool, ToolName, Tools};
pub use tracing::{Filter, Tracing};
pub use vscode_settings::{Chain, EditorSetting, Scope, SettingsFile, VscodeSettings};
pub use windows_side::{EditorOnWindows, EditorsOnWindows};
