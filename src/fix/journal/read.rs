use std::io;

use super::blob::Blob;
use super::entry::{Entry, SCHEMA};
use super::{EntryId, JournalError, StateFolder};
use crate::collections::order;
use crate::fix::{Act, io_text};

/// More than any entry without its contents comes to.
const ENTRY_LIMIT: u64 = 1024 * 1024;

/// The whole journal, newest entry first.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The entries.
    pub entries: Vec<Entry>,
    /// What could not be read as an entry.
    pub damaged: Vec<Damaged>,
}

/// A damaged entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Which one.
    pub id: EntryId,
    /// In what way.
    pub why: String,
}

impl StateFolder {
    /// Reads the journal. Damaged entries are told, and stop nothing.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn history(&self) -> Result<History, JournalError> {
        let mut history = History::default();
        for id in self.ids()? {
            match self.entry(id) {
                Ok(entry) => history.entries.push(entry),
                Err(JournalError::Damaged { id, why }) => history.damaged.push(Damaged { id, why }),
                Err(error) => history.damaged.push(Damaged { id, why: error.to_string() }),
            }
        }
        Ok(history)
    }

    /// The ids in the journal, newest first.
    fn ids(&self) -> Result<Vec<EntryId>, JournalError> {
        let mut ids: Vec<EntryId> = self.names()?.iter().filter_map(|name| name.parse().ok()).collect();
        order::sort_by(&mut ids, |a, b| b.cmp(a));
        Ok(ids)
    }

    pub(super) fn names(&self) -> Result<Vec<String>, JournalError> {
        let journal = self.journal();
        match self.disk().list(&journal) {
            Ok(names) => Ok(names.iter().filter_map(|name| name.to_str().map(str::to_owned)).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(JournalError::io("read", &journal, error)),
        }
    }

    /// One entry, without its contents.
    ///
    /// # Errors
    /// When there is none of this id, or it is damaged.
    pub fn entry(&self, id: EntryId) -> Result<Entry, JournalError> {
        let folder = self.folder(id);
        let damaged = |why: String| JournalError::Damaged { id, why };
        if self.disk().look(&folder).map_err(|error| damaged(io_text(&error)))?.is_none() {
            return Err(JournalError::Unknown(id));
        }
        let text = self
            .disk()
            .read(&folder.join("entry.json"), ENTRY_LIMIT)
            .map_err(|error| damaged(format!("entry.json: {}", io_text(&error))))?;
        let entry: Entry = serde_json::from_slice(&text).map_err(|error| damaged(format!("entry.json: {error}")))?;
        if entry.schema != SCHEMA {
            return Err(damaged(format!("it is of the form {:?}, which this gomedic does not know", entry.schema)));
        }
        if entry.id != id {
            return Err(damaged(format!("it says it is {}", entry.id)));
        }
        Ok(entry)
    }

    /// The acts of an entry with their contents.
    ///
    /// # Errors
    /// When a content is missing or is not what was written.
    pub(in crate::fix) fn acts(&self, entry: &Entry) -> Result<Vec<Act>, JournalError> {
        let folder = self.folder(entry.id);
        let load = |blob: &Blob| blob.load(self.disk(), &folder);
        entry
            .acts
            .iter()
            .map(|recorded| match &recorded.act {
                Act::Change(change) => change.try_map(load).map(Act::Change),
                Act::Run(command) => command.try_map(load).map(Act::Run),
            })
            .collect::<Result<_, _>>()
            .map_err(|why| JournalError::Damaged { id: entry.id, why })
    }
}
