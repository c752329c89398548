//! The dashboard without a terminal: messages in, cells out.

#[cfg(unix)]
pub mod pty;
pub mod snapshot;
pub mod stage;
pub mod svg;
