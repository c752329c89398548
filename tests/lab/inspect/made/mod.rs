//! Binaries made for the purpose, some hundreds.

mod c;
mod go;
mod headers;
mod patched;
mod scripts;
mod versions;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;

/// Where they are made.
pub struct Workshop {
    folder: TempDir,
}

impl Workshop {
    /// Makes all of them.
    pub fn new() -> Workshop {
        let workshop = Workshop { folder: tempfile::tempdir().expect("a folder") };
        c::make(&workshop);
        patched::make(&workshop);
        versions::make(&workshop);
        headers::make(&workshop);
        scripts::make(&workshop);
        go::make(&workshop);
        workshop
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, name: &str) -> PathBuf {
        let path = self.folder().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder can be made");
        path
    }

    /// Writes a file with a mode.
    fn write(&self, name: &str, content: &[u8], mode: u32) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).expect("it can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("its mode can be set");
        path
    }

    /// A copy of a file, with a change of its bytes.
    fn changed(&self, from: &str, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut content = fs::read(self.path(from)).expect("it was made");
        change(&mut content);
        self.write(name, &content, 0o755);
    }

    /// Runs a tool that must succeed.
    fn tool(&self, command: &mut Command) {
        self.tool_in("", command);
    }

    /// The same in one of the folders.
    fn tool_in(&self, folder: &str, command: &mut Command) {
        let output = command.current_dir(self.folder().join(folder)).output().expect("the tool can be started");
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Does something with each, as many at once as there are processors.
fn each<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(item);
                }
            });
        }
    });
}
