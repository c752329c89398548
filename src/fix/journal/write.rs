//! Writing of entries.
//!
//! An entry is written in a folder `ID.new` and then gets its name; it is
//! removed by taking its name away first. So a folder with a proper name is
//! whole, or somebody has damaged it.

use std::io;
use std::path::Path;

use super::blob::Blob;
use super::entry::{About, Entry, Phase, Progress, Recorded, SCHEMA};
use super::{EntryId, JournalError, StateFolder};
use crate::fix::disk::Disk;
use crate::fix::{Act, Change, Node};

/// The name of an entry that does not count yet, beside the one that does.
const AHEAD: &str = "entry.json.new";

impl StateFolder {
    /// Writes an entry for what is about to be done, and waits until it has
    /// reached the disk.
    ///
    /// # Errors
    /// When it cannot be written; then there is none.
    pub(in crate::fix) fn intend(&self, about: &About, acts: &[Act]) -> Result<Entry, JournalError> {
        let journal = self.journal();
        create_own_folders(self.disk(), &journal)?;
        let taken = self.names()?;
        let mut id = EntryId::first(about.when);
        // An unfinished `ID.new` takes the id as well.
        while taken.iter().any(|name| name.split('.').next() == Some(id.to_string().as_str())) {
            id = id.next();
        }
        let new = journal.join(format!("{id}.new"));
        let written = self.write_new(&new, id, about, acts);
        if written.is_err() {
            self.clear_folder(&new);
        }
        let entry = written?;
        self.rename(&new, &self.folder(id))?;
        self.sync(&journal)?;
        Ok(entry)
    }

    fn write_new(&self, folder: &Path, id: EntryId, about: &About, acts: &[Act]) -> Result<Entry, JournalError> {
        let disk = self.disk();
        disk.create_folder(folder, 0o700).map_err(|error| JournalError::io("write", folder, error))?;
        let mut recorded = Vec::new();
        for (at, act) in acts.iter().enumerate() {
            let write = |side: &str, content: &Vec<u8>| {
                let blob = Blob::new(format!("{at}.{side}"), content);
                self.write_file(&folder.join(blob.file()), content).map(|()| blob)
            };
            let keep = |side: &str, node: &Node| node.try_map(|content| write(side, content));
            let mut kept = 0..;
            let act = match act {
                Act::Run(command) => Act::Run(command.try_map(|content| {
                    let number: usize = kept.next().unwrap_or_default();
                    write(&format!("{number}.before"), content)
                })?),
                Act::Change(change) => Act::Change(Change {
                    path: change.path.clone(),
                    target: change.target.clone(),
                    before: keep("before", &change.before)?,
                    after: keep("after", &change.after)?,
                    sudo: change.sudo.clone(),
                }),
            };
            recorded.push(Recorded { act, progress: Progress::Planned, left: Vec::new() });
        }
        let entry =
            Entry { schema: SCHEMA.to_owned(), id, about: about.clone(), phase: Phase::Intended, acts: recorded };
        self.write_file(&folder.join("entry.json"), &json(&entry)?)?;
        self.sync(folder)?;
        Ok(entry)
    }

    /// Writes an entry anew, and waits until it has reached the disk.
    ///
    /// # Errors
    /// When it cannot be written; then the old one is still there.
    pub(in crate::fix) fn save(&self, entry: &Entry) -> Result<(), JournalError> {
        self.write_ahead(entry)?;
        self.take_up(entry.id)
    }

    /// Writes an entry anew beside the old one, which stays the one that counts.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::fix) fn write_ahead(&self, entry: &Entry) -> Result<(), JournalError> {
        let new = self.folder(entry.id).join(AHEAD);
        // Of an attempt before; most often there is none.
        let _ = self.disk().remove_file(&new);
        self.write_file(&new, &json(entry)?)
    }

    /// Puts what was written ahead in the place of the entry.
    ///
    /// # Errors
    /// When it is not known to have reached the disk.
    pub(in crate::fix) fn take_up(&self, id: EntryId) -> Result<(), JournalError> {
        let folder = self.folder(id);
        self.rename(&folder.join(AHEAD), &folder.join("entry.json"))?;
        self.sync(&folder)
    }

    /// Removes the contents of an entry: of what was taken back nothing is
    /// needed any more, and it may hold secrets.
    pub(in crate::fix) fn drop_contents(&self, id: EntryId) {
        let folder = self.folder(id);
        for name in self.disk().list(&folder).unwrap_or_default() {
            if name != "entry.json" {
                // What cannot be removed does no harm but to take room.
                let _ = self.disk().remove_file(&folder.join(name));
            }
        }
    }

    /// Removes an entry of which nothing was done.
    ///
    /// # Errors
    /// When it is still there.
    pub(in crate::fix) fn forget(&self, id: EntryId) -> Result<(), JournalError> {
        let gone = self.journal().join(format!("{id}.gone"));
        self.rename(&self.folder(id), &gone)?;
        self.sync(&self.journal())?;
        self.clear_folder(&gone);
        Ok(())
    }

    /// Removes what interrupted writing and removing of entries has left.
    pub(in crate::fix) fn sweep(&self) {
        for name in self.leftovers() {
            self.clear_folder(&self.journal().join(name));
        }
        if self.has_staged() {
            self.clear_folder(&self.staged());
        }
    }

    /// True when there is something to sweep.
    pub(in crate::fix) fn has_leftovers(&self) -> bool {
        !self.leftovers().is_empty() || self.has_staged()
    }

    fn has_staged(&self) -> bool {
        self.disk().list(&self.staged()).is_ok_and(|names| !names.is_empty())
    }

    fn leftovers(&self) -> Vec<String> {
        let mut names = self.names().unwrap_or_default();
        names.retain(|name| {
            let stem = name.strip_suffix(".new").or_else(|| name.strip_suffix(".gone"));
            stem.is_some_and(|stem| stem.parse::<EntryId>().is_ok())
        });
        names
    }

    /// Best effort: what stays is swept another time.
    fn clear_folder(&self, folder: &Path) {
        for name in self.disk().list(folder).unwrap_or_default() {
            let _ = self.disk().remove_file(&folder.join(name));
        }
        let _ = self.disk().remove_folder(folder);
    }

    fn write_file(&self, path: &Path, content: &[u8]) -> Result<(), JournalError> {
        let write = || {
            let mut file = self.disk().create(path)?;
            file.write(content)?;
            file.sync()
        };
        write().map_err(|error| JournalError::io("write", path, error))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), JournalError> {
        self.disk().rename(from, to).map_err(|error| JournalError::io("write", to, error))
    }

    fn sync(&self, folder: &Path) -> Result<(), JournalError> {
        self.disk().sync_folder(folder).map_err(|error| JournalError::io("write", folder, error))
    }
}

fn json(entry: &Entry) -> Result<Vec<u8>, JournalError> {
    serde_json::to_vec_pretty(entry)
        .map_err(|error| JournalError::Damaged { id: entry.id, why: format!("it cannot be written: {error}") })
}

/// Creates a folder that only its owner can enter, and those above it.
pub(super) fn create_own_folders(disk: &dyn Disk, folder: &Path) -> Result<(), JournalError> {
    let failed = |error| JournalError::io("create", folder, error);
    if disk.look(folder).map_err(failed)?.is_some() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_own_folders(disk, parent)?;
    }
    match disk.create_folder(folder, 0o700) {
        Ok(()) => {}
        // Another gomedic was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed(error)),
    }
    match folder.parent() {
        Some(parent) => disk.sync_folder(parent).map_err(failed),
        None => Ok(()),
    }
}
