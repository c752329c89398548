use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::write::create_own_folders;
use super::{JournalError, StateFolder};

/// Held while a gomedic applies or undoes. Freed when it is dropped, and by
/// the system when the process ends in any way.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// Why the lock was not had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another gomedic has it.
    #[error("{0}")]
    Busy(String),
    /// The state folder cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// What the holder says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Holder {
    pid: u32,
    doing: String,
    since: Timestamp,
}

/// The holder's words are short; more is not read.
const HOLDER_LIMIT: u64 = 4096;

impl Lock {
    pub(super) fn take(state: &StateFolder, doing: &str, now: Timestamp) -> Result<Lock, LockError> {
        create_own_folders(state.disk(), state.path())?;
        let path = state.path().join("lock");
        let failed = |error| JournalError::io("use", &path, error);
        let mut file = open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Busy(describe(&mut file))),
            Err(TryLockError::Error(error)) => return Err(failed(error).into()),
        }
        let holder = Holder { pid: std::process::id(), doing: doing.to_owned(), since: now };
        let text = serde_json::to_string(&holder).unwrap_or_default();
        let written = file.set_len(0).and_then(|()| file.write_all(text.as_bytes()));
        // The lock holds without the words; only the other one's message is
        // poorer. A full disk shows itself at the journal.
        drop(written);
        Ok(Lock { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone is not enough: a program that is being started on
        // another thread has a copy of the file until it really runs. An
        // unlocking that fails leaves it to the closing.
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn describe(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(HOLDER_LIMIT).read_to_string(&mut text));
    match read.ok().and_then(|_| serde_json::from_str::<Holder>(&text).ok()) {
        Some(holder) => {
            let since = holder.since.to_zoned(TimeZone::system());
            format!("gomedic (pid {}) is {} since {}", holder.pid, holder.doing, since.strftime("%H:%M"))
        }
        None => "another gomedic is at work".to_owned(),
    }
}
