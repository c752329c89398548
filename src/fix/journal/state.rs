use std::path::{Path, PathBuf};
use std::sync::Arc;

use directories::ProjectDirs;

use super::EntryId;
use super::lock::{Lock, LockError};
use crate::fix::disk::{Disk, RealDisk};

/// gomedic's own folder for what outlives a run: the journal and the lock.
#[derive(Debug, Clone)]
pub struct StateFolder {
    path: PathBuf,
    disk: Arc<dyn Disk + Send + Sync>,
}

impl StateFolder {
    /// The user's: `$XDG_STATE_HOME/gomedic`, or `~/.local/state/gomedic`.
    /// None when there is no home folder.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "gomedic")?;
        // Systems without a folder for state have one for local data.
        let path = dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir());
        Some(StateFolder::at(path))
    }

    /// A folder, which need not exist yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        StateFolder::on(RealDisk, path)
    }

    /// A folder on this disk. Targets are written on the same disk.
    pub fn on(disk: impl Disk + Send + Sync + 'static, path: impl Into<PathBuf>) -> Self {
        StateFolder { path: path.into(), disk: Arc::new(disk) }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(in crate::fix) fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// Where the entries of the journal are.
    pub(super) fn journal(&self) -> PathBuf {
        self.path.join("journal")
    }

    /// Where contents wait until sudo has copied them to their places.
    pub(in crate::fix) fn staged(&self) -> PathBuf {
        self.path.join("staged")
    }

    /// Where one entry is.
    pub(super) fn folder(&self, id: EntryId) -> PathBuf {
        self.journal().join(id.to_string())
    }

    /// Takes the lock, so that no other gomedic applies or undoes meanwhile.
    /// `doing` tells the other one what is going on: "applying a fix".
    ///
    /// # Errors
    /// When another one holds it, or the folder cannot be used.
    pub fn lock(&self, doing: &str, now: jiff::Timestamp) -> Result<Lock, LockError> {
        Lock::take(self, doing, now)
    }
}
