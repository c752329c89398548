//! Shell scripts as Dockerfiles and Makefiles hold them: their commands, and
//! the calls of Go among these. Nothing is evaluated.

mod go_call;
mod shell;
mod text;
mod whole_lines;
mod words;

pub use go_call::GoCall;
pub(in crate::probes) use shell::{Command, commands};
pub(super) use text::Text;
pub(in crate::probes) use whole_lines::{WholeLine, whole_lines};
pub(super) use words::{expand, raw_words};
