//! Fixes: plan, preview, journal, apply, verify, undo. The only writer of the
//! crate.
//!
//! A [`Fix`](crate::model::Fix) is a list of typed steps. [`plan`] lowers them
//! on this machine to [`Act`]s: files before and after, programs by absolute
//! path. A preview is drawn from the same plan that applying carries out.

mod change;
pub mod diff;
mod draft;
mod edits;
mod node;
mod octal;
mod plan;
mod preview;
mod programs;
mod refusal;
mod script;
mod steps;
mod text;

pub use change::{Act, Change};
pub use node::{Node, Owner};
pub use plan::{Plan, plan};
pub use preview::preview;
pub use programs::{Command, Rights, Takeback, command_line};
pub use refusal::Refusal;
