//! The probes: the only readers of the host, one typed fact each.

mod facts;
mod summary;

pub(crate) use facts::ProbeNews;
pub use facts::{Fact, Facts, ProbeRef, Probing};
pub use summary::summarise;
