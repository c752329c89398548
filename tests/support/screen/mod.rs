//! The dashboard without a terminal: messages in, cells out.

pub mod snapshot;
pub mod stage;
pub mod svg;
