//! What only Linux has.

mod capabilities;
mod editor;
mod filesystem;
mod mountinfo;
mod roots;

pub(in crate::host::live) use capabilities::capabilities;
pub(in crate::host::live) use editor::editor_environment;
pub(in crate::host::live) use filesystem::filesystem;
pub(in crate::host::live) use roots::Roots;
