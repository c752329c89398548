//! The cases, one file per layer.

mod authorities;
mod build;
mod caches;
mod case;
mod causes;
mod certificates;
mod cgo;
mod clock;
mod conflicts;
mod disk;
mod editor;
mod go;
mod go_settings;
mod gopls;
mod goproxy;
mod goroot;
mod healthy;
mod healthy_projects;
mod inotify;
mod local_settings;
mod modules;
mod network;
mod packages;
mod private;
mod project;
mod project_files;
mod root;
mod shell;
mod start_files;
mod sums;
mod system;
mod tools;
mod vscode;
mod why;
mod workspaces;
mod wsl;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        authorities::cases(),
        build::cases(),
        causes::cases(),
        caches::cases(),
        case::cases(),
        certificates::cases(),
        cgo::cases(),
        clock::cases(),
        disk::cases(),
        conflicts::cases(),
        editor::cases(),
        go::cases(),
        gopls::cases(),
        goroot::cases(),
        go_settings::cases(),
        goproxy::cases(),
        healthy::cases(),
        healthy_projects::cases(),
        inotify::cases(),
        local_settings::cases(),
        modules::cases(),
        network::cases(),
        packages::cases(),
        private::cases(),
        project::cases(),
        project_files::cases(),
        root::cases(),
        shell::cases(),
        start_files::cases(),
        sums::cases(),
        system::cases(),
        tools::cases(),
        vscode::cases(),
        why::cases(),
        workspaces::cases(),
        wsl::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
