//! cgo, C tools, targets.

mod cgo_need;
mod compilers;
mod go_file;
mod links;
mod packages;
mod recipe_cgo;

pub use cgo_need::CgoNeed;
pub use compilers::{CallFault, Cgo, Compiler, Compilers};
pub(crate) use go_file::imports;
pub use links::{CgoUsers, Link, LinkCgo, LinkFlags, LinkMode, LinkOrigin, Links, StaticLibc};
pub(crate) use packages::Import;
pub use packages::{CgoPackages, CgoUse, LeftOut, ProjectPackages, Rest, Target, packages_for};
pub use recipe_cgo::{PlatformCgo, RecipeCgo};
