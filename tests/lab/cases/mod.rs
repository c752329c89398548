//! The cases, one file per layer.

mod build;
mod editor;
mod go;
mod healthy;
mod modules;
mod network;
mod project;
mod shell;
mod system;
mod workspaces;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        build::cases(),
        editor::cases(),
        go::cases(),
        healthy::cases(),
        modules::cases(),
        network::cases(),
        project::cases(),
        shell::cases(),
        system::cases(),
        workspaces::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
