//! The module in the folder.

mod binaries;
mod cross_targets;
mod damages;
mod demand;
mod elsewhere;
mod go_mod;
mod go_work;
mod loader;
mod local_settings;
mod missing_sums;
mod modfile;
mod obstacle;
mod replaced;
mod repository;
mod trust;
mod vendor;
mod version_files;
mod workspace_members;

pub use binaries::{Binaries, OutputProgram, Shelf};
pub use damages::{Damage, DamagedFile, DamagedLine, Damages, Role};
pub use demand::Demand;
pub use elsewhere::Elsewhere;
pub use go_mod::{GoMod, ModuleFile};
pub use go_work::{GoWork, WorkspaceFile};
pub use local_settings::{Direnv, Loader, LocalFile, LocalSettings};
pub use missing_sums::{Asked, Lack, MissingSums, SumFile, SumKind};
pub use modfile::{Directive, Fault, ModFile, Replace, Require, Vendored, VendoredModule, WorkFile};
pub use obstacle::Obstacle;
pub use replaced::{MissingFolder, ReplacedFolders};
pub use repository::{Checkout, Repository};
pub use trust::Trust;
pub use vendor::{Vendor, VendorFolder};
pub use version_files::{Ask, Place, Reader, VersionFiles};
pub use workspace_members::{Member, Membership, WorkspaceMembers};
