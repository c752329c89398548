//! Version managers: which are set up, what they are asked for, and which Go
//! they run for the folder that is looked at.

mod handover;
mod in_use;
mod lack;
mod manager;
mod pick;
mod pin;
mod pin_reader;
mod shim;
mod version_file;

pub use handover::{BrokenShim, Program};
pub use in_use::{InUse, Through, VersionManagers};
pub use lack::Lack;
pub use manager::{Installed, Manager};
pub use pick::Pick;
pub use pin::{Pin, PinnedBy};
pub(super) use shim::Shim;
pub(crate) use version_file::version_in;
