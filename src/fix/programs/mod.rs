//! Programs that fixes run.

mod command;
mod resolve;

pub use command::{Command, Rights, Takeback, command_line};
pub(super) use resolve::resolve;
