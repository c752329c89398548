//! The Go files of a folder, each read once.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::head::Head;
use super::target::NamedFor;
use crate::host::{FileKind, Host};
use crate::model::Missing;

/// How much of a file is read at first, and how much more each time the head
/// goes on.
const START: usize = 4 * 1024;
const GROWTH: usize = 16;

/// A longer head is nobody's work.
const HEAD_LIMIT: usize = 32 * 1024 * 1024;

/// The Go files of a folder.
#[derive(Debug)]
pub(super) struct Folder {
    /// Those that may be parts of its package.
    pub(super) files: Vec<SourceFile>,
    /// Whether there is any file with the name of a Go file.
    pub(super) is_go: bool,
    /// The names of the folders in it.
    pub(super) folders: Vec<String>,
    /// Whether it has a go.mod.
    pub(super) is_module: bool,
}

/// A Go file that is no test.
#[derive(Debug)]
pub(super) struct SourceFile {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// What its name says that it is for.
    pub(super) named: NamedFor,
    head: OnceLock<Result<Head, Missing>>,
}

impl SourceFile {
    /// Its head.
    pub(super) fn head(&self, host: &dyn Host) -> &Result<Head, Missing> {
        self.head.get_or_init(|| read_head(host, &self.path))
    }
}

fn read_head(host: &dyn Host, path: &Path) -> Result<Head, Missing> {
    let mut length = START;
    loop {
        let text = host.read_start(path, length)?;
        let head = Head::parse(&text);
        if !head.is_cut || text.len() < length {
            return Ok(head);
        }
        if length >= HEAD_LIMIT {
            return Err(Missing::failed(format!("the imports of {} do not end", host.machine().tilde(path))));
        }
        length *= GROWTH;
    }
}

impl Folder {
    fn read(host: &dyn Host, path: &Path) -> Result<Folder, Missing> {
        let entries = host.read_dir(path)?;
        let mut folder = Folder { files: Vec::new(), is_go: false, folders: Vec::new(), is_module: false };
        for entry in entries {
            let is_file = || match entry.kind {
                FileKind::File => true,
                FileKind::Link => host.is_file(&entry.path),
                FileKind::Folder | FileKind::Special => false,
            };
            if entry.kind == FileKind::Folder {
                folder.folders.push(entry.name);
            } else if entry.name == "go.mod" {
                folder.is_module = is_file();
            } else if entry.name.ends_with(".go") && is_file() {
                folder.is_go = true;
                if !entry.name.starts_with(['.', '_']) && !entry.name.ends_with("_test.go") {
                    let named = NamedFor::of(&entry.name);
                    folder.files.push(SourceFile { path: entry.path, named, head: OnceLock::new() });
                }
            }
        }
        Ok(folder)
    }
}

/// A folder, or why it could not be listed.
pub(super) type Listed = Result<Arc<Folder>, Missing>;

/// The folders that were read.
#[derive(Debug, Default)]
pub(super) struct Folders {
    /// By their paths as bytes: those are the same when they are spelled so.
    known: Mutex<HashMap<OsString, Listed>>,
}

impl Folders {
    /// The folder at a path.
    pub(super) fn get(&self, host: &dyn Host, path: &Path) -> Listed {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(path.as_os_str()) {
            return known.clone();
        }
        // Read without the lock; another thread may have done the same.
        let listed = Folder::read(host, path).map(Arc::new);
        lock().entry(path.as_os_str().to_owned()).or_insert(listed).clone()
    }

    /// Whether there are Go files; an absent folder has none.
    pub(super) fn has_go(&self, host: &dyn Host, path: &Path) -> Result<bool, Missing> {
        match self.get(host, path) {
            Ok(folder) => Ok(folder.is_go),
            Err(missing) if missing.is_absent() => Ok(false),
            Err(missing) => Err(missing),
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::host::live::{Live, LiveOptions};

    #[test]
    fn what_is_no_file_or_no_go_does_no_harm() {
        let place = tempfile::tempdir().unwrap();
        let path = |name: &str| place.path().join(name);
        symlink(path("loop.go"), path("loop.go")).unwrap();
        symlink(place.path(), path("again")).unwrap();
        fs::create_dir(path("folder.go")).unwrap();
        fs::write(path("cut.go"), "package a\n\nimport \"C").unwrap();
        fs::write(path("rubbish.go"), [0xff, 0xfe, 0, b'p', 0x80]).unwrap();
        // The head goes on beyond what is read at first.
        fs::write(path("long.go"), format!("/*{}*/\npackage a\n\nimport \"C\"\n", " ".repeat(2 * START))).unwrap();
        fs::write(path("long_test.go"), "package a\n").unwrap();
        let host = Live::new(LiveOptions::new(place.path())).unwrap();
        let folder = Folders::default().get(&host, place.path()).unwrap();
        let names: Vec<_> = folder.files.iter().filter_map(|file| file.path.file_name()?.to_str()).collect();
        assert_eq!(names, ["cut.go", "long.go", "rubbish.go"]);
        assert_eq!(folder.folders, ["folder.go"], "links to folders are not entered");
        let uses_c = |at: usize| folder.files[at].head(&host).as_ref().map(Head::uses_c);
        assert_eq!([0, 1, 2].map(uses_c), [Ok(false), Ok(true), Ok(false)]);
    }

    #[test]
    fn a_file_that_is_gone_is_missing() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("a.go"), "package a\n").unwrap();
        let host = Live::new(LiveOptions::new(place.path())).unwrap();
        let folder = Folders::default().get(&host, place.path()).unwrap();
        fs::remove_file(place.path().join("a.go")).unwrap();
        assert!(folder.files[0].head(&host).as_ref().is_err_and(Missing::is_absent));
    }
}
