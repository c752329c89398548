//! cgo, C tools, targets.

mod compilers;

pub use compilers::{CallFault, Cgo, Compiler, Compilers};
