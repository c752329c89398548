//! What the shells see: contexts, and the files that they read.

mod assignments;
mod contexts;
mod go_folders;
mod hidden_files;
mod kind;
mod lines;
mod path_entries;
mod path_lines;
mod rc_files;
mod rc_modes;
mod rc_syntax;
mod reading;
mod script;
mod sources;
mod start_files;
mod traced;
mod values;
mod variable_lines;
mod writer;

pub use assignments::Assignment;
pub(crate) use assignments::{assignments, script};
pub use contexts::Contexts;
pub use go_folders::{GoFolder, GoFolders};
pub use hidden_files::HiddenFiles;
pub use kind::ShellKind;
pub use path_entries::{EntryKind, PathEntries, PathEntry};
pub use rc_files::{RcFile, RcFiles};
pub use rc_modes::{RcMode, RcModes};
pub use rc_syntax::{Parsed, RcSyntax, SyntaxError};
pub use traced::Seen;
pub use writer::{Form, Writer};
