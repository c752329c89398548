//! The probes: the only readers of the host, one typed fact each.

pub mod build;
pub mod editor;
mod facts;
pub mod go;
pub mod inspect;
mod lookup;
pub mod modules;
pub mod network;
pub mod project;
pub mod shell;
mod summary;
pub mod system;
mod trace;
pub mod windows;
pub mod wsl;

pub(crate) use facts::ProbeNews;
pub use facts::{Fact, Facts, ProbeRef, Probing, Start};
pub use lookup::{lookup, lookup_all};
pub use summary::summarise;
pub use trace::trace;
