//! go.mod, go.work and vendor/modules.txt: a small, tolerant reader. What it does not know it
//! passes over, as Go does for modules that need a newer Go.

mod directive;
mod module;
mod syntax;
mod vendored;
mod workspace;

pub use directive::Directive;
pub use module::{ModFile, Replace, Require};
pub use syntax::Fault;
pub use vendored::{Vendored, VendoredModule};
pub use workspace::WorkFile;
