//! Looking a command up on a PATH, on any host.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use which::WhichConfig;
use which::sys::{Sys, SysMetadata, SysReadDirEntry};

use crate::host::{DirEntry, Environment, FileKind, Host, Stat};
use crate::model::{Missing, Reason};

/// Every file that `name` names on this environment's PATH, in order. The
/// first is the one that runs.
#[must_use]
pub fn lookup_all(host: &dyn Host, name: &str, environment: &Environment) -> Vec<PathBuf> {
    WhichConfig::new_with_sys(HostSys(host))
        .binary_name(name.into())
        .custom_path_list(environment.get("PATH").unwrap_or_default().into())
        .custom_cwd("/".into())
        .all_results()
        .map(Iterator::collect)
        .unwrap_or_default()
}

/// The file that runs when this environment calls `name`.
#[must_use]
pub fn lookup(host: &dyn Host, name: &str, environment: &Environment) -> Option<PathBuf> {
    lookup_all(host, name, environment).into_iter().next()
}

/// A [`Host`] as `which` sees a system. `~` in PATH is not expanded, for
/// neither execvp nor Go do so.
struct HostSys<'a>(&'a dyn Host);

struct HostMetadata(Stat);

impl SysMetadata for HostMetadata {
    fn is_symlink(&self) -> bool {
        self.0.kind == FileKind::Link
    }

    fn is_file(&self) -> bool {
        self.0.kind == FileKind::File
    }
}

impl SysReadDirEntry for DirEntry {
    fn file_name(&self) -> OsString {
        self.name.clone().into()
    }

    fn path(&self) -> PathBuf {
        self.path.clone()
    }
}

impl Sys for HostSys<'_> {
    type ReadDirEntry = DirEntry;
    type Metadata = HostMetadata;

    fn is_windows(&self) -> bool {
        self.0.machine().os == "windows"
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        Ok("/".into())
    }

    fn home_dir(&self) -> Option<PathBuf> {
        None
    }

    fn env_split_paths(&self, paths: &OsStr) -> Vec<PathBuf> {
        paths.to_string_lossy().split(':').filter(|entry| entry.starts_with('/')).map(PathBuf::from).collect()
    }

    fn env_path(&self) -> Option<OsString> {
        None
    }

    fn env_path_ext(&self) -> Option<OsString> {
        None
    }

    fn metadata(&self, path: &Path) -> io::Result<HostMetadata> {
        self.0.stat(path).map(HostMetadata).map_err(to_io)
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<HostMetadata> {
        self.0.link_stat(path).map(HostMetadata).map_err(to_io)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Box<dyn Iterator<Item = io::Result<DirEntry>>>> {
        let entries = self.0.read_dir(path).map_err(to_io)?;
        Ok(Box::new(entries.into_iter().map(Ok)))
    }

    fn is_valid_executable(&self, path: &Path) -> io::Result<bool> {
        Ok(self.0.is_executable(path))
    }
}

fn to_io(missing: Missing) -> io::Error {
    let kind = match missing.reason {
        Reason::Absent => io::ErrorKind::NotFound,
        Reason::Denied => io::ErrorKind::PermissionDenied,
        Reason::TimedOut => io::ErrorKind::TimedOut,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, missing.detail)
}
