//! Files that take root's rights: the same changes, each operation on the
//! target carried out by a small program that sudo runs.

mod disk;
mod operation;
mod reach;
mod sudo;

pub(super) use disk::SudoDisk;
pub(super) use operation::Operation;
pub(super) use reach::Reach;
pub use sudo::Sudo;
