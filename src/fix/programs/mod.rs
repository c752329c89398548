//! Programs that fixes run.

mod command;
mod out_of_sight;
mod resolve;
mod runner;

pub use command::{Command, Rights, Takeback, command_line};
pub use out_of_sight::OutOfSight;
pub(super) use resolve::resolve;
pub use runner::{OnTerminal, Programs};
