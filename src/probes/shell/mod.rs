//! What the shells see: contexts, and the files that they read.

mod contexts;
mod kind;
mod lines;
mod path_lines;
mod rc_files;
mod reading;
mod script;
mod sources;
mod start_files;
mod values;
mod variable_lines;
mod writer;

pub use contexts::Contexts;
pub use kind::ShellKind;
pub use rc_files::{RcFile, RcFiles};
pub use writer::{Form, Writer};
