use serde::{Deserialize, Serialize};

/// A stratum of the workstation, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// The Windows host around a WSL distribution.
    Windows,
    /// The WSL virtual machine and its settings.
    Wsl,
    /// Kernel, distribution, limits, disks.
    System,
    /// User, rc files, PATH.
    Shell,
    /// The Go toolchain and its settings.
    Go,
    /// GOPATH, GOMODCACHE, module proxies and credentials.
    Modules,
    /// Proxy, DNS, TLS, clock.
    Network,
    /// gopls, Delve, VS Code, ptrace.
    Editor,
    /// cgo, C tools, targets.
    Build,
    /// The module in the folder.
    Project,
}

impl Layer {
    /// All layers, outermost first.
    pub const ALL: [Layer; 10] = [
        Layer::Windows,
        Layer::Wsl,
        Layer::System,
        Layer::Shell,
        Layer::Go,
        Layer::Modules,
        Layer::Network,
        Layer::Editor,
        Layer::Build,
        Layer::Project,
    ];

    /// The name used on the command line, in JSON and in folder names.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Layer::Windows => "windows",
            Layer::Wsl => "wsl",
            Layer::System => "system",
            Layer::Shell => "shell",
            Layer::Go => "go",
            Layer::Modules => "modules",
            Layer::Network => "network",
            Layer::Editor => "editor",
            Layer::Build => "build",
            Layer::Project => "project",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Layer::Windows => "Windows host",
            Layer::Wsl => "WSL",
            Layer::System => "System",
            Layer::Shell => "Shell",
            Layer::Go => "Go",
            Layer::Modules => "Modules",
            Layer::Network => "Network",
            Layer::Editor => "Editor",
            Layer::Build => "Build",
            Layer::Project => "Project",
        }
    }

    /// The layer with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Layer> {
        Layer::ALL.into_iter().find(|layer| layer.id() == id)
    }
}

impl std::fmt::Display for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
