//! gomedic: a terminal doctor for Go workstations.
//!
//! The flow of a run: a command selects [`checks`]; the [`engine`] unions the
//! facts they need, starts those [`probes`] at once on the [`host`], runs each
//! check the moment its facts have settled, and emits events; a report is the
//! fold of the events, for [`render`] and for the dashboard ([`tui`]) alike.
//! A key asks for a [`fix`]: previewed from the steps that applying uses,
//! journaled, applied, proven by probing again, and undoable. [`cross`] foretells
//! from facts which builds succeed here.
//!
//! Dependencies point one way: probes use the host; checks use facts; render
//! and tui use the [`model`]. None of checks, render and tui touches the host.

pub mod checks;
pub mod cli;
mod collections;
pub mod cross;
mod data;
pub mod engine;
pub mod fix;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod host;
pub mod model;
pub mod probes;
pub mod render;
pub mod tui;
