//! Programs that fixes run.

mod command;
mod resolve;
mod runner;

pub use command::{Command, Rights, Takeback, command_line};
pub(super) use resolve::resolve;
pub use runner::{OnTerminal, OutOfSight, Programs};
