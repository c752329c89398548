//! The cases, one file per layer.

mod build;
mod editor;
mod go;
mod go_settings;
mod healthy;
mod modules;
mod network;
mod project;
mod shell;
mod system;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        build::cases(),
        editor::cases(),
        go::cases(),
        go_settings::cases(),
        healthy::cases(),
        modules::cases(),
        network::cases(),
        project::cases(),
        shell::cases(),
        system::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
