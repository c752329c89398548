//! What only Linux has.

mod address_space;
mod capabilities;
mod editor;
mod filesystem;
mod mountinfo;
mod roots;

pub use address_space::make_do;
pub(in crate::host::live) use capabilities::capabilities;
pub(in crate::host::live) use editor::editor_environment;
pub(in crate::host::live) use filesystem::filesystem;
pub(in crate::host::live) use roots::Roots;
