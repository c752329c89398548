//! Shell scripts as Dockerfiles and Makefiles hold them: their commands, and
//! the calls of Go among these. Nothing is evaluated.

mod go_call;
mod shell;
mod text;
mod words;

pub use go_call::GoCall;
pub(super) use shell::{Command, commands};
pub(super) use text::Text;
pub(super) use words::{expand, raw_words};
