//! cgo, C tools, targets.

mod c_command;
mod c_flags;
mod cgo_need;
mod compilers;
mod cross_builds;
mod forced_cgo;
mod foreign_flags;
mod go_file;
mod packages;
mod platforms;
mod recipes;
mod target_compiler;
mod target_names;
mod target_variables;

pub use cgo_need::CgoNeed;
pub use compilers::{CallFault, Cgo, Compiler, Compilers};
pub use cross_builds::{CompilerState, CrossBuild, CrossBuilds};
pub use forced_cgo::{Forced, ForcedCgo};
pub use foreign_flags::{AbsentPath, FlagSetting, ForeignFlags, Need};
pub(crate) use go_file::imports;
pub use packages::{CgoPackages, CgoUse, Demands, Folders, LeftOut, Loss, ProjectPackages, Rest, Target, packages_for};
pub use platforms::{CgoSupport, Platform, PlatformClass, Platforms};
pub use target_compiler::{CompilerAnswer, ask_compiler, ask_pkg_config, has_library};
pub use target_variables::{TargetVariable, TargetVariables};
