//! Kernel, distribution, limits, disks.

mod git;

pub use git::GitCommand;
