//! The probes: the only readers of the host, one typed fact each.

mod facts;
pub mod go;
mod lookup;
pub mod shell;
mod summary;

pub(crate) use facts::ProbeNews;
pub use facts::{Fact, Facts, ProbeRef, Probing};
pub use lookup::{lookup, lookup_all};
pub use summary::summarise;
