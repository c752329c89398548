//! The cases, one file per layer.

mod build;
mod certificates;
mod cgo;
mod clock;
mod editor;
mod go;
mod goroot;
mod healthy;
mod modules;
mod network;
mod project;
mod shell;
mod system;
mod why;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        build::cases(),
        certificates::cases(),
        cgo::cases(),
        clock::cases(),
        editor::cases(),
        go::cases(),
        goroot::cases(),
        healthy::cases(),
        modules::cases(),
        network::cases(),
        project::cases(),
        shell::cases(),
        system::cases(),
        why::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
