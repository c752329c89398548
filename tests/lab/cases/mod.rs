//! The cases, one file per layer.

mod authorities;
mod build;
mod caches;
mod causes;
mod certificates;
mod cgo;
mod clock;
mod disk;
mod editor;
mod go;
mod go_settings;
mod goproxy;
mod goroot;
mod healthy;
mod healthy_managers;
mod healthy_projects;
mod modules;
mod network;
mod private;
mod project;
mod project_files;
mod root;
mod shell;
mod start_files;
mod sudo;
mod system;
mod tools;
mod version_managers;
mod why;
mod workspaces;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        authorities::cases(),
        build::cases(),
        causes::cases(),
        caches::cases(),
        certificates::cases(),
        cgo::cases(),
        clock::cases(),
        disk::cases(),
        editor::cases(),
        go::cases(),
        goroot::cases(),
        go_settings::cases(),
        goproxy::cases(),
        healthy::cases(),
        healthy_managers::cases(),
        healthy_projects::cases(),
        modules::cases(),
        network::cases(),
        private::cases(),
        project::cases(),
        project_files::cases(),
        root::cases(),
        shell::cases(),
        start_files::cases(),
        sudo::cases(),
        system::cases(),
        tools::cases(),
        version_managers::cases(),
        why::cases(),
        workspaces::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
