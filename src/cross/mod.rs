//! Which builds of a project succeed on this machine: each target with each
//! value of CGO_ENABLED, foretold from facts, and tried for real.

mod attempt;
mod compiler;
mod gather;
mod libraries;
mod notes;
mod rule;
mod targets;

pub use attempt::{Workshop, attempt};
pub use gather::matrix;
