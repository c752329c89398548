//! The dashboard without a terminal: messages in, cells and effects out.

#[path = "../support/mod.rs"]
mod support;

mod fixture;
mod look;
