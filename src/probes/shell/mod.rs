//! What the shells see: contexts and rc files.

mod assignment;
mod contexts;
mod rc_files;
mod sources;

pub use assignment::Assignment;
pub use contexts::Contexts;
pub use rc_files::{RcFile, RcFiles, Writer};
