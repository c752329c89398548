//! Text files as bytes: what a step does not name stays as it is.

mod dialect;
mod lines;

pub(super) use dialect::Dialect;
pub(super) use lines::{End, Lines};
