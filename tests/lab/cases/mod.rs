//! The cases, one file per layer.

mod authorities;
mod build;
mod caches;
mod certificates;
mod cgo;
mod clock;
mod disk;
mod editor;
mod go;
mod go_settings;
mod goroot;
mod healthy;
mod healthy_projects;
mod modules;
mod network;
mod private;
mod project;
mod root;
mod shell;
mod start_files;
mod system;
mod why;
mod workspaces;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        authorities::cases(),
        build::cases(),
        caches::cases(),
        certificates::cases(),
        cgo::cases(),
        clock::cases(),
        disk::cases(),
        editor::cases(),
        go::cases(),
        goroot::cases(),
        go_settings::cases(),
        healthy::cases(),
        healthy_projects::cases(),
        modules::cases(),
        network::cases(),
        private::cases(),
        project::cases(),
        root::cases(),
        shell::cases(),
        start_files::cases(),
        system::cases(),
        why::cases(),
        workspaces::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
