use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::blob::Blob;
use super::{EntryId, Fingerprint};
use crate::fix::{Act, Rights, Takeback, command_line};

/// The form of the entries that this version writes and reads.
pub(super) const SCHEMA: &str = "gomedic-journal/1";

/// Which fix of which finding is applied, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The id of the check that found it.
    pub check: String,
    /// The key of the finding.
    pub key: String,
    /// What the fix does, in the imperative.
    pub title: String,
    /// What running programs wait for before they see the effect.
    pub awaits: Option<String>,
    /// The time of applying.
    pub when: Timestamp,
}

/// One applied fix in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub(super) schema: String,
    /// Its name.
    pub id: EntryId,
    /// What it is about.
    #[serde(flatten)]
    pub about: About,
    /// How far it has come.
    pub phase: Phase,
    /// What it did, in order.
    pub acts: Vec<Recorded>,
}

/// One act, with its contents kept beside the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What is done.
    #[serde(flatten)]
    pub act: Act<Blob>,
    /// For a program, how far it has come; what became of a file, the file
    /// tells.
    #[serde(default)]
    pub progress: Progress,
    /// For a program that replaced files, what tells the content that it left
    /// of each, None where it left nothing; empty before it ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Option<Fingerprint>>,
}

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// It is being applied; or was, when gomedic was interrupted.
    Intended,
    /// It is applied.
    Applied,
    /// It is being taken back; or was, when gomedic was interrupted.
    Undoing,
    /// It was taken back.
    Undone,
}

/// How far a program has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// It was not started, or was taken back.
    #[default]
    Planned,
    /// It was started; whether it ended is not known.
    Started,
    /// It ended well.
    Done,
}

impl Entry {
    /// True when gomedic was at work on it; with the lock in hand, that it was
    /// interrupted.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        matches!(self.phase, Phase::Intended | Phase::Undoing)
    }

    /// The files and folders that it is about.
    pub fn targets(&self) -> impl Iterator<Item = &Path> {
        self.acts.iter().flat_map(|recorded| recorded.act.targets())
    }

    /// Whose rights going on with it or taking it back may need.
    #[must_use]
    pub fn rights(&self) -> Rights {
        let needs_root = self.acts.iter().any(|recorded| recorded.act.rights() == Rights::Sudo);
        if needs_root { Rights::Sudo } else { Rights::Own }
    }

    /// Why it cannot be taken back; None when it can.
    #[must_use]
    pub fn cannot_be_undone(&self) -> Option<String> {
        self.acts.iter().find_map(|recorded| match &recorded.act {
            Act::Run(run) if recorded.progress != Progress::Planned => match &run.takeback {
                Takeback::Impossible(why) => Some(format!("{} cannot be taken back: {why}", run.line())),
                Takeback::Argv(_) | Takeback::Restore(_) => None,
            },
            Act::Run(_) | Act::Change(_) => None,
        })
    }

    /// The command lines that taking it back runs, in their order.
    #[must_use]
    pub fn takebacks(&self) -> Vec<String> {
        let lines = self.acts.iter().rev().filter_map(|recorded| match &recorded.act {
            Act::Run(run) if recorded.progress != Progress::Planned => match &run.takeback {
                Takeback::Argv(argv) => Some(command_line(argv)),
                Takeback::Restore(_) | Takeback::Impossible(_) => None,
            },
            Act::Run(_) | Act::Change(_) => None,
        });
        lines.collect()
    }

    /// The files that programs have replaced and that taking it back puts
    /// back.
    pub fn restored(&self) -> impl Iterator<Item = &Path> {
        self.acts.iter().rev().flat_map(|recorded| match &recorded.act {
            act @ Act::Run(_) if recorded.progress != Progress::Planned => act.targets(),
            Act::Run(_) | Act::Change(_) => Vec::new(),
        })
    }
}
