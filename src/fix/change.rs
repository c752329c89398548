use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Command, Node, Rights, Sudo, Takeback};

/// One target before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<C = Vec<u8>> {
    /// The path as the step names it; it may be a link.
    pub path: PathBuf,
    /// The file or folder itself, every link followed.
    pub target: PathBuf,
    /// What stands there before.
    pub before: Node<C>,
    /// What stands there after.
    pub after: Node<C>,
    /// How the target is written where that takes root's rights; None where
    /// gomedic's own are enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sudo: Option<Sudo>,
}

impl<C> Change<C> {
    /// The same with contents held in another way.
    ///
    /// # Errors
    /// Whatever `convert` fails with.
    pub fn try_map<D, E>(&self, mut convert: impl FnMut(&C) -> Result<D, E>) -> Result<Change<D>, E> {
        Ok(Change {
            path: self.path.clone(),
            target: self.target.clone(),
            before: self.before.try_map(&mut convert)?,
            after: self.after.try_map(&mut convert)?,
            sudo: self.sudo.clone(),
        })
    }
}

impl<C: Clone> Change<C> {
    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Change {
            path: self.path.clone(),
            target: self.target.clone(),
            before: self.after.clone(),
            after: self.before.clone(),
            sudo: self.sudo.clone(),
        }
    }
}

/// One thing that applying does. Acts are done in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act<C = Vec<u8>> {
    /// A file or folder is changed.
    Change(Change<C>),
    /// A program is run.
    Run(Command<C>),
}

impl<C> Act<C> {
    /// Whose rights it takes.
    pub fn rights(&self) -> Rights {
        match self {
            Act::Change(Change { sudo: Some(_), .. }) => Rights::Sudo,
            Act::Change(Change { sudo: None, .. }) => Rights::Own,
            Act::Run(command) => command.rights,
        }
    }

    /// The files and folders that it is about, as far as they are known.
    pub fn targets(&self) -> Vec<&Path> {
        match self {
            Act::Change(change) => vec![&change.target],
            Act::Run(Command { takeback: Takeback::Restore(kept), .. }) => {
                kept.iter().map(|kept| kept.target.as_path()).collect()
            }
            Act::Run(_) => Vec::new(),
        }
    }
}
