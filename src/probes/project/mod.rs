//! The module in the folder.

mod binaries;
mod cross_targets;
mod demand;
mod elsewhere;
mod go_mod;
mod go_work;
mod loader;
mod modfile;
mod obstacle;
mod vendor;
mod version_files;

pub(in crate::probes) use cross_targets::GO_NAMES;

pub use binaries::{Binaries, OutputProgram, Shelf};
pub use demand::Demand;
pub use elsewhere::Elsewhere;
pub use go_mod::{GoMod, ModuleFile};
pub use go_work::{GoWork, WorkspaceFile};
pub use modfile::{Directive, Fault, ModFile, Replace, Require, Vendored, VendoredModule, WorkFile};
pub use obstacle::Obstacle;
pub use vendor::{Vendor, VendorFolder};
pub use version_files::{Ask, Place, Reader, VersionFiles};
