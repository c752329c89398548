//! Kernel, distribution, limits, disks.

mod commands;
mod users;

pub use commands::Commands;
pub use users::Users;
