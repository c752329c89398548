//! The cases, one file per layer.

mod build;
mod case;
mod certificates;
mod cgo;
mod clock;
mod editor;
mod go;
mod go_settings;
mod goroot;
mod healthy;
mod healthy_projects;
mod local_settings;
mod modules;
mod network;
mod private;
mod project;
mod project_files;
mod shell;
mod start_files;
mod sums;
mod system;
mod why;
mod workspaces;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        build::cases(),
        case::cases(),
        certificates::cases(),
        cgo::cases(),
        clock::cases(),
        editor::cases(),
        go::cases(),
        goroot::cases(),
        go_settings::cases(),
        healthy::cases(),
        healthy_projects::cases(),
        local_settings::cases(),
        modules::cases(),
        network::cases(),
        private::cases(),
        project::cases(),
        project_files::cases(),
        shell::cases(),
        start_files::cases(),
        sums::cases(),
        system::cases(),
        why::cases(),
        workspaces::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
