//! What Linux and macOS share.

mod files;
mod process;

pub(in crate::host::live) use files::{access, is_link_loop, is_out_of_files, open, special_name, stat};
pub(in crate::host::live) use process::{ids, kill_group, own_group};
