use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Operation;
use crate::fix::programs::{command_line, resolve};
use crate::fix::{Change, Node, Owner, Refusal};
use crate::host::Host;
use crate::model::Privilege;

/// The programs that carry out all operations; others of the same folder are
/// never run.
const PROGRAMS: [&str; 8] = ["chmod", "install", "mkdir", "mv", "rm", "rmdir", "sync", "touch"];

/// What a new file belongs to when nothing else is said.
pub(super) const ROOT: Owner = Owner { uid: 0, gid: 0 };

/// What stands for the file with the new content, and for the name under which
/// it waits, where neither is chosen yet.
const NEW: &str = ".gomedic-NEW";

/// sudo and what it runs to change a file, each by absolute path, as they were
/// found when the change was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sudo {
    /// The words before the arguments, by the name of the program.
    programs: BTreeMap<String, Vec<String>>,
}

impl Sudo {
    /// Finds the programs, in the folders of the system alone.
    ///
    /// # Errors
    /// When one of them is not installed.
    pub(in crate::fix) fn find(host: &dyn Host) -> Result<Self, Refusal> {
        let found = |name: &str| Ok((name.to_owned(), resolve(host, &[name.to_owned()], Privilege::Root)?));
        Ok(Sudo { programs: PROGRAMS.into_iter().map(found).collect::<Result<_, Refusal>>()? })
    }

    /// The words that have an operation carried out.
    ///
    /// # Errors
    /// When the journal that this came from does not name its program.
    pub(in crate::fix) fn argv(&self, operation: Operation<'_>) -> Result<Vec<String>, String> {
        let name = operation.program();
        let words = self.programs.get(name).ok_or_else(|| format!("the journal does not tell where {name} is"))?;
        Ok(words.iter().cloned().chain(operation.arguments()).collect())
    }

    /// The command lines that make a change, for people: where names are only
    /// chosen when it is made, one that says so stands for them.
    pub(super) fn lines(&self, change: &Change) -> Vec<String> {
        let target = &change.target;
        let (content, waiting) = (Path::new(NEW), target.with_file_name(NEW));
        let folder = target.parent().unwrap_or(Path::new("/"));
        let take_name = Operation::Rename { from: &waiting, to: target };
        let operations = match (&change.before, &change.after) {
            (_, Node::File { content: Some(_), mode, owner, .. }) => {
                let owner = owner.unwrap_or(ROOT);
                let install = Operation::Install { from: content, to: &waiting, owner, mode: *mode };
                vec![install, Operation::Sync(&waiting), take_name, Operation::Sync(folder)]
            }
            (_, Node::File { modified: Some(modified), .. }) => {
                vec![Operation::SetModified { path: target, modified: *modified }, Operation::Sync(folder)]
            }
            (_, Node::File { mode, .. }) | (Node::Folder { .. }, Node::Folder { mode, .. }) => {
                vec![Operation::SetMode { path: target, mode: *mode }, Operation::Sync(folder)]
            }
            (_, Node::Folder { mode, .. }) => {
                let create = Operation::CreateFolder { path: &waiting, mode: *mode };
                vec![create, take_name, Operation::Sync(folder)]
            }
            (Node::Folder { .. }, Node::Absent) => vec![Operation::RemoveFolder(target), Operation::Sync(folder)],
            (_, Node::Absent) => vec![Operation::Remove(target), Operation::Sync(folder)],
        };
        operations.into_iter().filter_map(|operation| Some(command_line(&self.argv(operation).ok()?))).collect()
    }
}

impl Change {
    /// The command lines that sudo makes it by, for people; none where
    /// gomedic's own rights are enough. `.gomedic-NEW` stands for the names
    /// that are chosen when it is made.
    #[must_use]
    pub fn through_sudo(&self) -> Vec<String> {
        self.sudo.as_ref().map(|sudo| sudo.lines(self)).unwrap_or_default()
    }
}
