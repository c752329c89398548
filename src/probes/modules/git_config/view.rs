use std::path::PathBuf;

use super::entry::{GitEntry, Reach};
use crate::model::{Context, Missing};

/// git's configuration as some contexts see it.
#[derive(Debug)]
pub struct GitView {
    /// The contexts.
    pub contexts: Vec<Context>,
    /// The home folder that git goes by.
    pub home: Option<PathBuf>,
    /// The file that `git config --global` writes to; None where there is none.
    pub user_file: Option<PathBuf>,
    /// Every setting, in the order in which git reads them: of a setting that
    /// can have one value, the last one wins. Settings behind a condition
    /// that nobody meets here are among them.
    pub entries: Vec<GitEntry>,
    /// Why a file could not be read, when one is there and could not. git
    /// itself then fails, or goes without.
    pub problem: Option<Missing>,
    /// The same without the repository that is looked at: why the files of the
    /// system and of the user could not be read.
    pub own_problem: Option<Missing>,
}

impl GitView {
    /// The settings that hold where Go downloads modules. Those of the
    /// project's own repository do not: Go runs git in its cache.
    pub fn for_downloads(&self) -> impl DoubleEndedIterator<Item = &GitEntry> {
        self.entries.iter().filter(|entry| matches!(entry.reach, Reach::Everywhere | Reach::Both | Reach::Downloads))
    }

    /// The settings that hold in the repository that is looked at.
    pub fn for_project(&self) -> impl DoubleEndedIterator<Item = &GitEntry> {
        self.entries.iter().filter(|entry| matches!(entry.reach, Reach::Everywhere | Reach::Both | Reach::Project))
    }

    /// The settings that git goes by before it opens a repository: neither
    /// those of the repository itself nor those behind a condition.
    pub fn before_opening(&self) -> impl DoubleEndedIterator<Item = &GitEntry> {
        self.entries.iter().filter(|entry| entry.reach == Reach::Everywhere)
    }

    /// The value that a setting without a subsection has for downloads, as
    /// `http.proxy`; names are in lower case.
    #[must_use]
    pub fn get(&self, section: &str, name: &str) -> Option<&GitEntry> {
        self.for_downloads().rfind(|entry| entry.is(section, name) && entry.subsection.is_none())
    }
}
