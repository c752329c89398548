//! The dashboard without a terminal: messages in, cells and effects out.

#![allow(unreachable_pub, reason = "a test binary exports nothing")]

#[path = "../support/mod.rs"]
mod support;

mod cross;
mod fixing;
mod fixture;
mod hostile;
mod listing;
mod look;
mod mouse;
mod panes;
mod running;
mod snapshots;
#[cfg(unix)]
mod terminal;
