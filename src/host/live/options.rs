use std::path::PathBuf;
use std::time::Duration;

use crate::host::{Environment, User};
use crate::model::Missing;

/// Whether anything may be sent to the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Network {
    /// Endpoints that the user's own settings name may be asked.
    #[default]
    Online,
    /// Nothing is sent at all.
    Offline,
}

/// Whether the Windows host around WSL may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WindowsHost {
    /// One PowerShell is started there.
    #[default]
    Asked,
    /// Nothing is started there.
    NotAsked,
}

/// How this machine is looked at.
#[derive(Debug, Clone)]
pub struct LiveOptions {
    /// The project folder.
    pub folder: PathBuf,
    /// How long a program may take that brings no deadline of its own, and
    /// how long all questions to the network may take together, from the
    /// moment at which the machine is first looked at.
    pub deadline: Duration,
    /// Whether anything may be sent.
    pub network: Network,
    /// Whether Windows may be asked, on WSL.
    pub windows: WindowsHost,
    /// The executable that [`supervise::entry`](super::supervise::entry) is
    /// called in first of all: gomedic's own. Programs are then run in a
    /// session without a terminal, and nothing that they leave behind
    /// outlives them, or gomedic. Without it, and on systems where that
    /// cannot be, a program's process group is killed, and what left the
    /// group is not found.
    pub supervisor: Option<PathBuf>,
    /// Variables to watch while the shell's start is traced, besides those
    /// that checks speak of.
    pub watch: Vec<String>,
    /// The session's environment, in place of this process's own.
    pub session: Option<Environment>,
    /// The user, in place of the one this process runs as.
    pub user: Option<User>,
}

impl LiveOptions {
    /// This machine as this process sees it, with a deadline of 5 seconds,
    /// online, without a supervisor.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        LiveOptions {
            folder: folder.into(),
            deadline: Duration::from_secs(5),
            network: Network::Online,
            windows: WindowsHost::Asked,
            supervisor: None,
            watch: Vec::new(),
            session: None,
            user: None,
        }
    }
}

/// Why this machine cannot be looked at as asked.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The project folder cannot be reached.
    #[error(transparent)]
    NoFolder(Missing),
    /// It is something else.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
}
