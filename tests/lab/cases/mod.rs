//! The cases, one file per layer.

mod authorities;
mod binaries;
mod build;
mod c_libraries;
mod caches;
mod case;
mod causes;
mod certificates;
mod cgo;
mod clock;
mod company;
mod conflicts;
mod cross;
mod cross_compilers;
mod dep;
mod disk;
mod dockerfiles;
mod editor;
mod git_proxy;
mod go;
mod go_settings;
mod gopls;
mod goproxy;
mod goroot;
mod healthy;
mod healthy_managers;
mod healthy_projects;
mod http_proxy;
mod images;
mod inotify;
mod inspect;
mod ipv6;
mod linking;
mod local_settings;
mod modules;
mod names;
mod network;
mod no_proxy;
mod packages;
mod portal;
mod private;
mod private_ca;
mod project;
mod project_files;
mod releases;
mod root;
mod shell;
mod start_files;
mod sudo;
mod sumdb;
mod sums;
mod system;
mod system_files;
mod time_service;
mod tls;
mod tools;
mod version_managers;
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
mod zig;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        authorities::cases(),
        binaries::cases(),
        build::cases(),
        causes::cases(),
        c_libraries::cases(),
        caches::cases(),
        case::cases(),
        certificates::cases(),
        cgo::cases(),
        clock::cases(),
        disk::cases(),
        dockerfiles::cases(),
        conflicts::cases(),
        cross::cases(),
        cross_compilers::cases(),
        zig::cases(),
        editor::cases(),
        git_proxy::cases(),
        go::cases(),
        gopls::cases(),
        goroot::cases(),
        go_settings::cases(),
        goproxy::cases(),
        healthy::cases(),
        healthy_managers::cases(),
        healthy_projects::cases(),
        http_proxy::cases(),
        images::cases(),
        inotify::cases(),
        inspect::cases(),
        ipv6::cases(),
        linking::cases(),
        local_settings::cases(),
        modules::cases(),
        names::cases(),
        network::cases(),
        no_proxy::cases(),
        packages::cases(),
        portal::cases(),
        private::cases(),
        private_ca::cases(),
        project::cases(),
        project_files::cases(),
        releases::cases(),
        root::cases(),
        shell::cases(),
        start_files::cases(),
        sumdb::cases(),
        sums::cases(),
        sudo::cases(),
        system::cases(),
        time_service::cases(),
        tls::cases(),
        system_files::cases(),
        tools::cases(),
        version_managers::cases(),
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
