use std::path::Path;

use jiff::Timestamp;

use crate::fix::Owner;

/// One operation on a file system, as a program carries it out.
#[derive(Debug, Clone, Copy)]
pub(in crate::fix) enum Operation<'a> {
    /// Copies a file to a name where nothing stands.
    Install { from: &'a Path, to: &'a Path, owner: Owner, mode: u32 },
    /// Gives a file or folder another name, in place of what has it.
    Rename { from: &'a Path, to: &'a Path },
    /// Removes a file.
    Remove(&'a Path),
    /// Creates a folder.
    CreateFolder { path: &'a Path, mode: u32 },
    /// Removes an empty folder.
    RemoveFolder(&'a Path),
    /// Changes permission bits.
    SetMode { path: &'a Path, mode: u32 },
    /// Changes the time of a file's last change.
    SetModified { path: &'a Path, modified: Timestamp },
    /// Waits until a file, or the names in a folder, have reached the disk.
    Sync(&'a Path),
}

impl Operation<'_> {
    /// The program that carries it out.
    pub(super) fn program(self) -> &'static str {
        match self {
            Operation::Install { .. } => "install",
            Operation::Rename { .. } => "mv",
            Operation::Remove(_) => "rm",
            Operation::CreateFolder { .. } => "mkdir",
            Operation::RemoveFolder(_) => "rmdir",
            Operation::SetMode { .. } => "chmod",
            Operation::SetModified { .. } => "touch",
            Operation::Sync(_) => "sync",
        }
    }

    /// Its arguments, such as GNU, busybox and BSD all take them. Every path
    /// is absolute, so that none looks like an option.
    pub(super) fn arguments(self) -> Vec<String> {
        let word = |path: &Path| path.display().to_string();
        let octal = |mode: u32| format!("{mode:04o}");
        match self {
            Operation::Install { from, to, owner, mode } => vec![
                "-o".to_owned(),
                owner.uid.to_string(),
                "-g".to_owned(),
                owner.gid.to_string(),
                "-m".to_owned(),
                octal(mode),
                word(from),
                word(to),
            ],
            Operation::Rename { from, to } => vec!["-f".to_owned(), word(from), word(to)],
            Operation::Remove(path) => vec!["-f".to_owned(), word(path)],
            Operation::CreateFolder { path, mode } => vec!["-m".to_owned(), octal(mode), word(path)],
            Operation::SetMode { path, mode } => vec![octal(mode), word(path)],
            Operation::SetModified { path, modified } => {
                vec!["-c".to_owned(), "-m".to_owned(), "-d".to_owned(), modified.to_string(), word(path)]
            }
            Operation::RemoveFolder(path) | Operation::Sync(path) => vec![word(path)],
        }
    }
}
