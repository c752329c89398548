//! Kernel, distribution, limits, disks.

mod commands;
mod processor;
mod users;

pub use commands::Commands;
pub use processor::Processor;
pub use users::Users;
