//! What only Linux has.

mod capabilities;
mod editor;
mod filesystem;
mod mountinfo;

pub(in crate::host::live) use capabilities::capabilities;
pub(in crate::host::live) use editor::editor_environment;
pub(in crate::host::live) use filesystem::filesystem;
