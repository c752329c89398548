//! Files and folders: bounded, and never waited for.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::os;
use super::patience::patiently;
use crate::collections::order;
use crate::host::{Access, DIR_LIMIT, DirEntry, FileKind, Filesystem, Machine, Stat};
use crate::model::Missing;

/// The files of a machine, named for people as it names them.
pub(super) struct Files<'a> {
    machine: &'a Machine,
}

impl<'a> Files<'a> {
    pub(super) fn new(machine: &'a Machine) -> Self {
        Files { machine }
    }

    pub(super) fn stat(&self, path: &Path) -> Result<Stat, Missing> {
        fs::metadata(path).map(|metadata| os::stat(&metadata)).map_err(|error| self.missing(path, &error))
    }

    pub(super) fn link_stat(&self, path: &Path) -> Result<Stat, Missing> {
        fs::symlink_metadata(path).map(|metadata| os::stat(&metadata)).map_err(|error| self.missing(path, &error))
    }

    pub(super) fn read_link(&self, path: &Path) -> Result<PathBuf, Missing> {
        fs::read_link(path).map_err(|error| self.missing(path, &error))
    }

    pub(super) fn canonical(&self, path: &Path) -> Result<PathBuf, Missing> {
        fs::canonicalize(path).map_err(|error| self.missing(path, &error))
    }

    pub(super) fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Missing> {
        let file = self.open(path)?;
        // One byte more tells a file that is larger, or grows meanwhile.
        let mut content = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut content).map_err(|error| self.missing(path, &error))?;
        if content.len() as u64 > limit {
            let size = fs::metadata(path).map_or(0, |metadata| metadata.len()).max(limit + 1);
            return Err(self.too_large(path, size, limit));
        }
        Ok(content)
    }

    pub(super) fn read_start(&self, path: &Path, length: usize) -> Result<Vec<u8>, Missing> {
        let io = |error: io::Error| self.missing(path, &error);
        let (file, metadata) = self.open_listed(path)?;
        // Asking for no more than there is saves the call that finds the end;
        // a kernel's own files have no size.
        let size = usize::try_from(metadata.len()).unwrap_or(length);
        let length = if size == 0 { length } else { length.min(size) };
        let mut content = Vec::with_capacity(length);
        file.take(length as u64).read_to_end(&mut content).map_err(io)?;
        Ok(content)
    }

    pub(super) fn read_end(&self, path: &Path, length: u64) -> Result<Vec<u8>, Missing> {
        let io = |error: io::Error| self.missing(path, &error);
        let mut file = self.open(path)?;
        let size = file.metadata().map_err(io)?.len();
        file.seek(SeekFrom::Start(size.saturating_sub(length))).map_err(io)?;
        let mut content = Vec::new();
        file.take(length).read_to_end(&mut content).map_err(io)?;
        Ok(content)
    }

    /// Opens a regular file. What else stands there is not opened at all: to
    /// open a device can have effects.
    pub(super) fn open(&self, path: &Path) -> Result<fs::File, Missing> {
        self.refuse_others(path, &fs::metadata(path).map_err(|error| self.missing(path, &error))?)?;
        // Another file may have come into its place.
        self.open_listed(path).map(|(file, _)| file)
    }

    /// Opens what a listing has called a regular file, with what it is now.
    fn open_listed(&self, path: &Path) -> Result<(fs::File, fs::Metadata), Missing> {
        let io = |error: io::Error| self.missing(path, &error);
        let file = patiently(|| os::open(path)).map_err(io)?;
        let metadata = file.metadata().map_err(io)?;
        self.refuse_others(path, &metadata)?;
        Ok((file, metadata))
    }

    fn refuse_others(&self, path: &Path, metadata: &fs::Metadata) -> Result<(), Missing> {
        match os::special_name(metadata) {
            None if metadata.is_file() => Ok(()),
            name => Err(Missing::failed(format!("{} is {}, not a file", self.name(path), name.unwrap_or("a folder")))),
        }
    }

    pub(super) fn read_dir(&self, path: &Path) -> Result<Vec<DirEntry>, Missing> {
        let io = |error: io::Error| self.missing(path, &error);
        let mut entries = Vec::new();
        for entry in patiently(|| fs::read_dir(path)).map_err(io)?.take(DIR_LIMIT) {
            let entry = entry.map_err(io)?;
            // An entry that vanished meanwhile is none.
            let Ok(kind) = entry.file_type() else { continue };
            entries.push(DirEntry {
                name: entry.file_name().to_string_lossy().into_owned(),
                path: entry.path(),
                kind: kind_of(kind),
            });
        }
        order::sort_by(&mut entries, |a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    pub(super) fn access(&self, path: &Path, access: Access) -> Result<bool, Missing> {
        os::access(path, access).map_err(|error| self.missing(path, &error))
    }

    /// A file system that answers slower than this has told enough.
    pub(super) fn lookup_time(&self, paths: &[PathBuf]) -> Result<Duration, Missing> {
        const ENOUGH: Duration = Duration::from_secs(2);
        let began = Instant::now();
        for path in paths {
            // Whether it is there does not matter.
            let _ = fs::symlink_metadata(path);
            if began.elapsed() > ENOUGH {
                break;
            }
        }
        Ok(began.elapsed())
    }

    pub(super) fn filesystem(&self, path: &Path) -> Result<Filesystem, Missing> {
        let existing = path
            .ancestors()
            .find_map(|ancestor| fs::canonicalize(ancestor).ok())
            .ok_or_else(|| Missing::absent(format!("{}: no folder above it exists", self.name(path))))?;
        os::filesystem(&existing).map_err(|error| self.missing(&existing, &error))
    }

    pub(super) fn capabilities(&self, path: &Path) -> Result<Vec<String>, Missing> {
        os::capabilities(path).map_err(|error| self.missing(path, &error))
    }

    /// The path as people are told it.
    pub(super) fn name(&self, path: &Path) -> String {
        self.machine.tilde(path)
    }

    pub(super) fn missing(&self, path: &Path, error: &io::Error) -> Missing {
        if os::is_link_loop(error) {
            return Missing::failed(format!("{} is in a loop of symbolic links", self.name(path)));
        }
        Missing::from_io(self.name(path), error)
    }

    fn too_large(&self, path: &Path, size: u64, limit: u64) -> Missing {
        Missing::failed(format!(
            "{} is too large: {}, and at most {} are read",
            self.name(path),
            bytes(size),
            bytes(limit)
        ))
    }
}

/// What an entry of a folder is.
pub(super) fn kind_of(kind: fs::FileType) -> FileKind {
    if kind.is_symlink() {
        FileKind::Link
    } else if kind.is_dir() {
        FileKind::Folder
    } else if kind.is_file() {
        FileKind::File
    } else {
        FileKind::Special
    }
}

/// A size for people, rounded down.
fn bytes(n: u64) -> String {
    match n {
        0..1024 => format!("{n} bytes"),
        1024..1_048_576 => format!("{} KiB", n / 1024),
        1_048_576..1_073_741_824 => format!("{} MiB", n / 1_048_576),
        _ => format!("{} GiB", n / 1_073_741_824),
    }
}
