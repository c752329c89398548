//! The dashboard.
//!
//! [`update`] takes a message into the [`Model`] and says what is to be done
//! as [`Effect`]s; it is the only mutator. [`view`] draws the model and is
//! pure. [`run`] is the loop around the two: it owns the terminal, turns keys
//! and the engine's events into messages, and carries out effects through the
//! [`Backend`], which is the dashboard's only door to the rest of gomedic.
//!
//! What lies over the list and the pane is a stack of overlays; the topmost
//! gets the keys. One table ([`keymap`]) feeds dispatch, footer, help and
//! README.

mod backend;
mod command;
mod effect;
pub mod keymap;
mod layout;
mod message;
mod model;
mod overlays;
mod panes;
mod run;
mod terminal;
mod text;
pub mod theme;
mod update;
mod view;
mod wrap;

pub use backend::{Backend, Entry, EntryState, FixOutcome, FixReport, FixRequest, Scope, UndoOutcome};
pub use effect::Effect;
pub use message::{Message, Purpose};
pub use model::{Model, Tab};
pub use run::{Ended, ExitSummary, Options, run};
pub use theme::Theme;
pub use update::{start, update};
pub use view::view;
