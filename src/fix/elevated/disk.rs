use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::sudo::ROOT;
use super::{Operation, Sudo};
use crate::fix::Owner;
use crate::fix::disk::{Disk, Entry, NewFile};
use crate::fix::programs::{Programs, command_line};
use crate::host::FileKind;

/// The same file system, written through sudo and read with gomedic's own
/// rights. What a new file is to hold is first written into a folder of
/// gomedic's own.
#[derive(Debug)]
pub(in crate::fix) struct SudoDisk<'a> {
    pub(super) own: &'a dyn Disk,
    pub(super) sudo: Sudo,
    pub(super) programs: &'a dyn Programs,
    /// gomedic's own folder for contents on their way.
    pub(super) staged: PathBuf,
}

impl SudoDisk<'_> {
    fn carry_out(&self, operation: Operation<'_>) -> io::Result<()> {
        let argv = self.sudo.argv(operation).map_err(io::Error::other)?;
        self.programs
            .run(&argv, Path::new("/"))
            .map_err(|why| io::Error::other(format!("{} failed: {why}", command_line(&argv))))
    }

    /// What stands there: sudo is not bothered with what is not there.
    fn found(&self, path: &Path) -> io::Result<FileKind> {
        Ok(self.own.look(path)?.ok_or(io::ErrorKind::NotFound)?.kind)
    }
}

impl Disk for SudoDisk<'_> {
    fn look(&self, path: &Path) -> io::Result<Option<Entry>> {
        self.own.look(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.own.read(path, limit)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.own.list(folder)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile + '_>> {
        if self.own.look(path)?.is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        match self.own.create_folder(&self.staged, 0o700) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let staged = self.staged.join(path.file_name().unwrap_or_default());
        let content = self.own.create(&staged)?;
        Ok(Box::new(SudoFile { disk: self, path: path.to_owned(), staged, content, owner: ROOT, mode: 0o600 }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.carry_out(Operation::Rename { from, to })
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        match self.found(path)? {
            FileKind::Folder => Err(io::ErrorKind::IsADirectory.into()),
            FileKind::File | FileKind::Link | FileKind::Special => self.carry_out(Operation::Remove(path)),
        }
    }

    fn create_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.carry_out(Operation::CreateFolder { path, mode })
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.found(path)?;
        if !self.own.list(path)?.is_empty() {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        self.carry_out(Operation::RemoveFolder(path))
    }

    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.carry_out(Operation::SetMode { path, mode })
    }

    fn set_modified(&self, path: &Path, modified: Timestamp) -> io::Result<()> {
        self.carry_out(Operation::SetModified { path, modified })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.carry_out(Operation::Sync(folder))
    }
}

/// A file that comes into being, whole, when it is synced.
struct SudoFile<'a> {
    disk: &'a SudoDisk<'a>,
    path: PathBuf,
    /// Where its content waits.
    staged: PathBuf,
    content: Box<dyn NewFile + 'a>,
    owner: Owner,
    mode: u32,
}

impl NewFile for SudoFile<'_> {
    fn write(&mut self, content: &[u8]) -> io::Result<()> {
        self.content.write(content)
    }

    fn set_owner(&mut self, owner: Owner) -> io::Result<()> {
        self.owner = owner;
        Ok(())
    }

    fn set_mode(&mut self, mode: u32) -> io::Result<()> {
        self.mode = mode;
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let (owner, mode) = (self.owner, self.mode);
        self.disk.carry_out(Operation::Install { from: &self.staged, to: &self.path, owner, mode })?;
        self.disk.carry_out(Operation::Sync(&self.path))
    }
}

impl Drop for SudoFile<'_> {
    fn drop(&mut self) {
        // What stays is swept by the next fix.
        let _ = self.disk.own.remove_file(&self.staged);
    }
}
