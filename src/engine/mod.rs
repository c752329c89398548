//! Runs checks: starts the probes they need at once, runs each check the
//! moment its facts have settled, and tells what happens on one channel.

mod absence;
mod causes;
mod fold;
mod run;
mod select;

pub use fold::Fold;
pub use run::{Options, start};
pub use select::{SelectError, Selection};
