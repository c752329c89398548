//! The module in the folder.

mod binaries;
mod case_collisions;
mod checkouts;
mod crlf_scripts;
mod cross_targets;
mod damages;
mod demand;
mod dockerfile;
mod dockerfiles;
mod elsewhere;
mod future_files;
mod go_mod;
mod go_work;
mod gopath_source;
mod loader;
mod local_settings;
mod missing_sums;
mod modfile;
mod obstacle;
mod own_imports;
mod project_files;
mod replaced;
mod repository;
mod stray_mod_files;
mod trust;
mod vendor;
mod version_files;
mod walk;
mod workspace_members;

pub use binaries::{Binaries, OutputProgram, Shelf};
pub use case_collisions::{CaseCollisions, Collision, CollisionKind};
pub use crlf_scripts::{CrlfScript, CrlfScripts, GitEnds};
pub use damages::{Damage, DamagedFile, DamagedLine, Damages, Role};
pub use demand::Demand;
pub use dockerfile::{
    Argument, Base, Copy, Dockerfile, GoCall, Image, Libc, Linking, Run, Scope, Shipment, Stage, Step, Unknown,
};
pub use dockerfiles::{DockerfileAt, Dockerfiles};
pub use elsewhere::Elsewhere;
pub use future_files::{FutureFile, FutureFiles, LocalClock};
pub use go_mod::{GoMod, ModuleFile};
pub use go_work::{GoWork, WorkspaceFile};
pub use gopath_source::{GopathSource, OldProject};
pub use local_settings::{Direnv, Loader, LocalFile, LocalSettings};
pub use missing_sums::{Asked, Lack, MissingSums, SumFile, SumKind};
pub use modfile::{Directive, Fault, ModFile, Replace, Require, Vendored, VendoredModule, WorkFile};
pub use obstacle::Obstacle;
pub use own_imports::{ImportedAt, OwnImports};
pub use project_files::{ProjectFiles, ProjectRoot};
pub use replaced::{MissingFolder, ReplacedFolders};
pub use repository::{Checkout, Repository};
pub use stray_mod_files::{StrayKind, StrayModFile, StrayModFiles, StrayPlace};
pub use trust::Trust;
pub use vendor::{Vendor, VendorFolder};
pub use version_files::{Ask, Place, Reader, VersionFiles};
pub use workspace_members::{Member, Membership, WorkspaceMembers};
