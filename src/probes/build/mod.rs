//! cgo, C tools, targets.

mod c_command;
mod c_flags;
mod cgo_need;
mod compilers;
mod cross_builds;
mod forced_cgo;
mod foreign_flags;
mod go_file;
mod platform;
mod recipes;
mod target_variables;

pub use cgo_need::CgoNeed;
pub use compilers::{CallFault, Cgo, Compiler, Compilers};
pub use cross_builds::{CompilerState, CrossBuild, CrossBuilds};
pub use forced_cgo::{Forced, ForcedCgo};
pub use foreign_flags::{AbsentPath, FlagSetting, ForeignFlags, Need};
pub(crate) use go_file::imports;
pub use platform::Platform;
pub use target_variables::{TargetVariable, TargetVariables};
