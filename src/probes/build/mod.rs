//! cgo, C tools, targets.

mod cgo_need;
mod compilers;
mod go_file;
mod library_paths;
mod packages;
mod platforms;
mod target_compiler;

pub use cgo_need::CgoNeed;
pub use compilers::{CallFault, Cgo, Compiler, Compilers};
pub(crate) use go_file::imports;
pub use library_paths::{BrokenTool, HiddenBy, LibraryPath, LibraryPaths};
pub use packages::{CgoPackages, CgoUse, Demands, Folders, LeftOut, Loss, ProjectPackages, Rest, Target, packages_for};
pub use platforms::{CgoSupport, Platform, PlatformClass, Platforms};
pub use target_compiler::{CompilerAnswer, ask_compiler, ask_pkg_config, has_library};
