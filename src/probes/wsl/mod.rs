//! The WSL distribution: which it is, how Windows is reached from it, and what
//! its settings say.

mod binfmt;
mod boot;
pub mod config;
mod config_files;
mod distribution;
mod drives;
mod gateway_proxies;
mod go_folders;
mod network_mode;
mod package;
mod path_cost;
mod profile;
mod project_cost;
mod project_place;
mod resolv;
mod sockets;
mod time_daemons;
mod tools;
mod wslenv;

pub use binfmt::{Binfmt, Registration};
pub use boot::Boot;
pub use config_files::{ConfigFiles, Misplaced};
pub use distribution::Distribution;
pub use drives::{Drive, Drives};
pub use gateway_proxies::GatewayProxies;
pub use go_folders::GoFoldersOnWindows;
pub use network_mode::{Mode, NetworkMode};
pub use package::{Package, Release};
pub use path_cost::PathCost;
pub use profile::Profile;
pub use project_cost::ProjectCost;
pub use project_place::ProjectPlace;
pub use resolv::{Resolv, ResolvState};
pub use sockets::Sockets;
pub use time_daemons::{TimeDaemon, TimeDaemons};
pub use tools::{ToolOnWindows, ToolsOnWindows};
pub use wslenv::WslEnv;
