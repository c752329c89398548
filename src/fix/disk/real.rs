use std::ffi::OsString;
use std::fs::{self, File, FileType};
use std::io::{self, Read, Write};
use std::path::Path;

use jiff::Timestamp;

use super::{Disk, Entry, NewFile, os};
use crate::fix::Owner;
use crate::host::FileKind;

/// The file system of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Entry>> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(Entry {
                kind: kind(metadata.file_type()),
                mode: os::mode(&metadata),
                owner: os::owner(&metadata),
                links: os::links(&metadata),
                modified: metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok()),
            })),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let file = os::open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        let mut content = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut content)?;
        if content.len() as u64 > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {limit} bytes")));
        }
        Ok(content)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect()
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile + '_>> {
        os::create(path).map(|file| Box::new(RealFile(file)) as Box<dyn NewFile>)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn create_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        os::create_folder(path, mode)?;
        // The umask may have taken bits away.
        self.set_mode(path, mode)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        let now = fs::symlink_metadata(path)?;
        if os::mode(&now) == mode {
            return Ok(());
        }
        fs::set_permissions(path, os::permissions(&now, mode))
    }

    fn set_modified(&self, path: &Path, modified: Timestamp) -> io::Result<()> {
        os::set_modified(path, modified)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        os::sync_folder(folder)
    }
}

struct RealFile(File);

impl NewFile for RealFile {
    fn write(&mut self, content: &[u8]) -> io::Result<()> {
        self.0.write_all(content)
    }

    fn set_owner(&mut self, owner: Owner) -> io::Result<()> {
        if os::owner(&self.0.metadata()?) == owner { Ok(()) } else { os::set_owner(&self.0, owner) }
    }

    fn set_mode(&mut self, mode: u32) -> io::Result<()> {
        let now = self.0.metadata()?;
        // On file systems without modes every file has the same one, and
        // setting it is refused.
        if os::mode(&now) == mode { Ok(()) } else { self.0.set_permissions(os::permissions(&now, mode)) }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

fn kind(file_type: FileType) -> FileKind {
    if file_type.is_symlink() {
        FileKind::Link
    } else if file_type.is_dir() {
        FileKind::Folder
    } else if file_type.is_file() {
        FileKind::File
    } else {
        FileKind::Special
    }
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
