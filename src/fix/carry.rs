//! Carries out one change so that at every moment the target is as before or
//! as after: what is to stand there is made under another name, then takes
//! its own.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::{Change, Node, Owner, Standing, io_text};

/// Why a change was not made, or is not known to have reached the disk. The
/// target is as before or as after, never anything between.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// The target is not as the change expects it.
    #[error("{} has changed since it was looked at", .target.display())]
    Changed {
        /// The file or folder.
        target: PathBuf,
        /// What stands there now, where it is a file or a folder.
        now: Option<Box<Node>>,
    },
    /// The file has several names.
    #[error("{} has {links} names (hard links); replacing it would part them", .target.display())]
    Linked {
        /// The file.
        target: PathBuf,
        /// How many.
        links: u64,
    },
    /// An operation failed.
    #[error("cannot {doing} {}: {}", .target.display(), io_text(.source))]
    Io {
        /// What was tried, as a verb: "write".
        doing: &'static str,
        /// The file or folder.
        target: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carried {
    /// It was made.
    Done,
    /// It had been made before.
    Already,
    /// A folder was to be removed, and others have put things into it.
    Kept,
}

/// Does all of a change that needs room on the disk, and touches nothing but
/// `temporary`: a name that nothing else uses, where what is to take the
/// target's name waits until [`carry_out`]. False when nothing has to wait.
pub(super) fn prepare(disk: &dyn Disk, change: &Change, temporary: &Path) -> Result<bool, CarryError> {
    let carry = Carry { disk, change, temporary };
    match carry.standing()? {
        Standing::After => return Ok(false),
        Standing::Other(now) => return Err(carry.changed(now)),
        Standing::Before => {}
    }
    let written = match (&change.before, &change.after) {
        (_, Node::File { content: Some(content), mode, owner, .. }) => carry.write_temporary(content, *mode, *owner),
        (Node::Absent | Node::File { .. }, Node::Folder { mode, .. }) => carry.create_temporary(*mode),
        _ => return Ok(false),
    };
    if written.is_err() {
        clear(disk, temporary);
    }
    written.map(|()| true)
}

/// Carries out a change that was prepared under the name `temporary`.
pub(super) fn carry_out(disk: &dyn Disk, change: &Change, temporary: &Path) -> Result<Carried, CarryError> {
    let carry = Carry { disk, change, temporary };
    match carry.standing()? {
        Standing::After => return Ok(Carried::Already),
        Standing::Other(now) => return Err(carry.changed(now)),
        Standing::Before => {}
    }
    let target = &change.target;
    match (&change.before, &change.after) {
        (_, Node::File { content: Some(_), .. }) => {
            carry.require_one_name()?;
            disk.rename(temporary, target).map_err(|error| carry.failed("replace", error))?;
        }
        (_, Node::File { content: None, modified: Some(modified), .. }) => {
            disk.set_modified(target, *modified).map_err(|error| carry.failed("change the time of", error))?;
        }
        (_, Node::File { content: None, mode, .. }) | (Node::Folder { .. }, Node::Folder { mode, .. }) => {
            disk.set_mode(target, *mode).map_err(|error| carry.failed("change the mode of", error))?;
        }
        (_, Node::Folder { .. }) => {
            disk.rename(temporary, target).map_err(|error| carry.failed("create", error))?;
        }
        (Node::Folder { .. }, Node::Absent) => match disk.remove_folder(target) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => return Ok(Carried::Kept),
            Err(error) => return Err(carry.failed("remove", error)),
        },
        (_, Node::Absent) => {
            disk.remove_file(target).map_err(|error| carry.failed("remove", error))?;
        }
    }
    carry.sync_parent()?;
    Ok(Carried::Done)
}

/// Removes what an attempt has left under its temporary name: a file, or a
/// folder with what waits in it. Most often there is nothing; and what cannot
/// be removed shows itself when the name is used.
pub(super) fn clear(disk: &dyn Disk, temporary: &Path) {
    if disk.remove_file(temporary).is_ok() {
        return;
    }
    for name in disk.list(temporary).unwrap_or_default() {
        clear(disk, &temporary.join(name));
    }
    let _ = disk.remove_folder(temporary);
}

struct Carry<'a> {
    disk: &'a dyn Disk,
    change: &'a Change,
    temporary: &'a Path,
}

impl Carry<'_> {
    /// A folder gets its name when it has its mode.
    fn create_temporary(&self, mode: u32) -> Result<(), CarryError> {
        clear(self.disk, self.temporary);
        self.disk.create_folder(self.temporary, mode).map_err(|error| self.failed("create", error))
    }

    fn write_temporary(&self, content: &[u8], mode: u32, owner: Option<Owner>) -> Result<(), CarryError> {
        let failed = |error| self.failed("write", error);
        clear(self.disk, self.temporary);
        let mut file = self.disk.create(self.temporary).map_err(failed)?;
        file.write(content).map_err(failed)?;
        if let Some(owner) = owner {
            file.set_owner(owner).map_err(|error| self.failed("keep the owner of", error))?;
        }
        // After the owner: changing that clears the set-id bits.
        file.set_mode(mode).map_err(|error| self.failed("keep the mode of", error))?;
        file.sync().map_err(failed)
    }

    fn require_one_name(&self) -> Result<(), CarryError> {
        let target = &self.change.target;
        let entry = self.disk.look(target).map_err(|error| self.failed("look at", error))?;
        match entry {
            Some(entry) if entry.links > 1 => Err(CarryError::Linked { target: target.clone(), links: entry.links }),
            _ => Ok(()),
        }
    }

    fn standing(&self) -> Result<Standing, CarryError> {
        self.change.standing(self.disk).map_err(|error| self.failed("read", error))
    }

    fn sync_parent(&self) -> Result<(), CarryError> {
        let parent = self.change.target.parent().unwrap_or(Path::new("/"));
        self.disk.sync_folder(parent).map_err(|error| self.failed("sync the folder of", error))
    }

    fn changed(&self, now: Option<Node>) -> CarryError {
        CarryError::Changed { target: self.change.target.clone(), now: now.map(Box::new) }
    }

    fn failed(&self, doing: &'static str, source: io::Error) -> CarryError {
        CarryError::Io { doing, target: self.change.target.clone(), source }
    }
}
