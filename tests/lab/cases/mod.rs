//! The cases, one file per layer.

mod build;
mod certificates;
mod cgo;
mod clock;
mod conflicts;
mod editor;
mod go;
mod go_settings;
mod gopls;
mod goroot;
mod healthy;
mod healthy_projects;
mod inotify;
mod modules;
mod network;
mod private;
mod project;
mod shell;
mod start_files;
mod system;
mod vscode;
mod why;
mod workspaces;
mod wsl;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        build::cases(),
        certificates::cases(),
        cgo::cases(),
        clock::cases(),
        conflicts::cases(),
        editor::cases(),
        go::cases(),
        gopls::cases(),
        goroot::cases(),
        go_settings::cases(),
        healthy::cases(),
        healthy_projects::cases(),
        inotify::cases(),
        modules::cases(),
        network::cases(),
        private::cases(),
        project::cases(),
        shell::cases(),
        start_files::cases(),
        system::cases(),
        vscode::cases(),
        why::cases(),
        workspaces::cases(),
        wsl::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
