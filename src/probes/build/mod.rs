//! cgo, C tools, targets.

mod cgo_modules;
mod cgo_need;
mod compilers;
mod constraint;
mod source;

pub use cgo_need::CgoNeed;
pub use compilers::{Cgo, Compiler, Compilers, Found, Program};
