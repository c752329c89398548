//! A disk on which one chosen operation goes wrong.
//!
//! Syncing is counted and can fail, but is not done: no test cuts the power,
//! and thousands of real ones would take minutes.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use gomedic::fix::Owner;
use gomedic::fix::disk::{Disk, Entry, NewFile, RealDisk};
use jiff::Timestamp;
use rustix::io::Errno;

/// What goes wrong, and at which operation, counted from 1.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// Nothing.
    Never,
    /// That one operation fails; half of what it was to write is written.
    Fails(usize, Errno),
    /// From that one on, nothing can be written, but what is there can be
    /// removed and renamed.
    FullFrom(usize),
    /// The process is killed in the middle of that operation.
    Dies(usize),
    /// Where a path has this part, nothing can be written.
    Guards(&'static str),
}

/// The disk of this machine, except for the fault. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct FaultyDisk {
    fault: Fault,
    log: Arc<Mutex<Vec<String>>>,
}

impl FaultyDisk {
    pub(crate) fn new(fault: Fault) -> Self {
        FaultyDisk { fault, log: Arc::default() }
    }

    /// The operations that were asked for so far.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().expect("no test panicked in here").clone()
    }

    /// Does an operation, unless the fault says otherwise. `half` is what is
    /// still done of it when it fails.
    fn operate<T>(
        &self,
        operation: Operation,
        path: &Path,
        whole: impl FnOnce() -> io::Result<T>,
        half: impl FnOnce(),
    ) -> io::Result<T> {
        let at = {
            let mut log = self.log.lock().expect("no test panicked in here");
            log.push(format!("{operation:?} {}", path.file_name().unwrap_or_default().display()));
            log.len()
        };
        let failure = match self.fault {
            Fault::Fails(n, errno) if at == n => Some(errno),
            Fault::FullFrom(n) if at >= n && operation.needs_room() => Some(Errno::NOSPC),
            // A dead process does nothing more.
            Fault::Dies(n) if at > n => return Err(Errno::INTR.into()),
            Fault::Dies(n) if at == n => Some(Errno::INTR),
            Fault::Guards(part) if operation.writes() && path.to_string_lossy().contains(part) => Some(Errno::ACCESS),
            _ => None,
        };
        match failure {
            None => whole(),
            Some(errno) => {
                half();
                Err(errno.into())
            }
        }
    }
}

/// Runs `attempt` with the fault at each operation in turn, until the attempt
/// needs fewer operations than that. It needs this many at the least.
pub(crate) fn at_every_operation(least: usize, fault: impl Fn(usize) -> Fault, attempt: impl Fn(FaultyDisk)) {
    for n in 1.. {
        let disk = FaultyDisk::new(fault(n));
        attempt(disk.clone());
        if disk.log().len() < n {
            assert!(n > least, "only {n} operations: this tests nothing");
            return;
        }
    }
}

/// The operations of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Look,
    Read,
    List,
    Create,
    Write,
    SetOwner,
    SetMode,
    SetModified,
    Sync,
    Rename,
    RemoveFile,
    CreateFolder,
    RemoveFolder,
    SyncFolder,
}

impl Operation {
    fn writes(self) -> bool {
        !matches!(self, Operation::Look | Operation::Read | Operation::List | Operation::Sync | Operation::SyncFolder)
    }

    fn needs_room(self) -> bool {
        matches!(self, Operation::Create | Operation::Write | Operation::CreateFolder)
    }
}

impl Disk for FaultyDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Entry>> {
        self.operate(Operation::Look, path, || RealDisk.look(path), || ())
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.operate(Operation::Read, path, || RealDisk.read(path, limit), || ())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.operate(Operation::List, folder, || RealDisk.list(folder), || ())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = self.operate(Operation::Create, path, || RealDisk.create(path), || ())?;
        Ok(Box::new(FaultyFile { disk: self.clone(), file, path: path.to_owned() }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.operate(Operation::Rename, to, || RealDisk.rename(from, to), || ())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.operate(Operation::RemoveFile, path, || RealDisk.remove_file(path), || ())
    }

    fn create_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        // Between creating a folder and giving it its mode there is a moment.
        let half = || drop(RealDisk.create_folder(path, 0o700));
        self.operate(Operation::CreateFolder, path, || RealDisk.create_folder(path, mode), half)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.operate(Operation::RemoveFolder, path, || RealDisk.remove_folder(path), || ())
    }

    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.operate(Operation::SetMode, path, || RealDisk.set_mode(path, mode), || ())
    }

    fn set_modified(&self, path: &Path, modified: Timestamp) -> io::Result<()> {
        self.operate(Operation::SetModified, path, || RealDisk.set_modified(path, modified), || ())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.operate(Operation::SyncFolder, folder, || Ok(()), || ())
    }
}

struct FaultyFile {
    disk: FaultyDisk,
    file: Box<dyn NewFile>,
    path: std::path::PathBuf,
}

impl NewFile for FaultyFile {
    fn write(&mut self, content: &[u8]) -> io::Result<()> {
        let file = std::cell::RefCell::new(&mut self.file);
        let whole = || file.borrow_mut().write(content);
        let half = || drop(file.borrow_mut().write(&content[..content.len() / 2]));
        self.disk.operate(Operation::Write, &self.path, whole, half)
    }

    fn set_owner(&mut self, owner: Owner) -> io::Result<()> {
        self.disk.operate(Operation::SetOwner, &self.path, || self.file.set_owner(owner), || ())
    }

    fn set_mode(&mut self, mode: u32) -> io::Result<()> {
        self.disk.operate(Operation::SetMode, &self.path, || self.file.set_mode(mode), || ())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.operate(Operation::Sync, &self.path, || Ok(()), || ())
    }
}
