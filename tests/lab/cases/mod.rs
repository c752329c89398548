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
mod wsl_conf;
mod wsl_go;
mod wsl_host;
mod wsl_hostile;
mod wsl_interop;
mod wsl_network;
mod wsl_question;
mod wsl_silent;

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
        wsl_conf::cases(),
        wsl_go::cases(),
        wsl_host::cases(),
        wsl_hostile::cases(),
        wsl_interop::cases(),
        wsl_network::cases(),
        wsl_question::cases(),
        wsl_silent::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
