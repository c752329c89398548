//! The editors of the VS Code family and where they keep things.

use std::path::{Path, PathBuf};

use crate::host::Host;

/// An editor that shares VS Code's settings and extensions.
#[derive(Debug)]
pub(super) struct Family {
    pub(super) name: &'static str,
    /// The name of its folder among the user's configurations.
    config: &'static str,
    /// Its folder in home for desktop use.
    desktop: &'static str,
    /// Its folder in home when it serves an editor elsewhere.
    server: &'static str,
    /// Its command, which installs extensions too.
    pub(super) command: &'static str,
}

pub(super) const FAMILIES: [Family; 6] = [
    Family { name: "VS Code", config: "Code", desktop: ".vscode", server: ".vscode-server", command: "code" },
    Family {
        name: "VS Code Insiders",
        config: "Code - Insiders",
        desktop: ".vscode-insiders",
        server: ".vscode-server-insiders",
        command: "code-insiders",
    },
    Family {
        name: "VSCodium",
        config: "VSCodium",
        desktop: ".vscode-oss",
        server: ".vscodium-server",
        command: "codium",
    },
    Family { name: "Cursor", config: "Cursor", desktop: ".cursor", server: ".cursor-server", command: "cursor" },
    Family {
        name: "Windsurf",
        config: "Windsurf",
        desktop: ".windsurf",
        server: ".windsurf-server",
        command: "windsurf",
    },
    Family {
        name: "code-server",
        config: "code-server",
        desktop: ".local/share/code-server",
        server: ".local/share/code-server",
        command: "code-server",
    },
];

impl Family {
    fn home(host: &dyn Host, name: &str) -> Option<PathBuf> {
        host.machine().user.home.as_ref().map(|home| home.join(name))
    }

    /// The user's own settings.
    pub(super) fn user_settings(&self, host: &dyn Host) -> Option<PathBuf> {
        let folder = match (self.name, host.machine().os.as_str()) {
            ("code-server", _) => ".local/share/code-server".to_owned(),
            (_, "macos") => format!("Library/Application Support/{}", self.config),
            _ => format!(".config/{}", self.config),
        };
        Self::home(host, &folder).map(|folder| folder.join("User/settings.json"))
    }

    /// The settings of the machine that serves an editor elsewhere.
    pub(super) fn remote_settings(&self, host: &dyn Host) -> Option<PathBuf> {
        Self::home(host, self.server).map(|folder| folder.join("data/Machine/settings.json"))
    }

    /// The folders that hold extensions.
    pub(super) fn extensions(&self, host: &dyn Host) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = [self.desktop, self.server]
            .into_iter()
            .filter_map(|name| Self::home(host, name).map(|folder| folder.join("extensions")))
            .collect();
        folders.dedup();
        folders
    }

    /// Its folder here when it serves a window elsewhere, and did so.
    pub(super) fn served_here(&self, host: &dyn Host) -> Option<PathBuf> {
        let is_desktop = self.server == self.desktop;
        Self::home(host, self.server).filter(|folder| !is_desktop && host.is_dir(folder))
    }

    /// The user's settings below this folder of a user of Windows.
    pub(super) fn settings_on_windows(&self, profile: &Path) -> PathBuf {
        profile.join("AppData/Roaming").join(self.config).join("User/settings.json")
    }

    /// The folder of extensions below this folder of a user of Windows.
    pub(super) fn extensions_on_windows(&self, profile: &Path) -> PathBuf {
        profile.join(self.desktop).join("extensions")
    }

    /// True when the editor was used here.
    pub(super) fn is_here(&self, host: &dyn Host) -> bool {
        let config = self.user_settings(host).and_then(|path| path.parent().map(Path::to_owned));
        self.extensions(host).into_iter().chain(config).any(|folder| host.is_dir(&folder))
    }
}

/// The folders that an editor may have been opened on: the one that is looked
/// at, and those around it up to the root of its repository.
pub(super) fn workspaces(host: &dyn Host) -> Vec<PathBuf> {
    let folder = &host.machine().folder;
    let upwards: Vec<PathBuf> = folder.ancestors().take(UPWARDS).map(Path::to_owned).collect();
    match upwards.iter().position(|folder| host.exists(&folder.join(".git"))) {
        Some(root) => upwards[..=root].to_vec(),
        None => vec![folder.clone()],
    }
}

/// How far a repository's root is looked for.
const UPWARDS: usize = 12;
