use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};

use super::Failure;

/// A folder for what is written on the way; it goes away with this value.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Makes one that nobody else can look into.
    ///
    /// # Errors
    /// When the folder for temporary files cannot be written to.
    pub(super) fn new() -> Result<Scratch, Failure> {
        let above = std::env::temp_dir();
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let mut number = 0;
        loop {
            let path = above.join(format!("gomedic-cross-{}-{number}", std::process::id()));
            match builder.create(&path) {
                Ok(()) => return Ok(Scratch(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && number < 100 => number += 1,
                Err(error) => {
                    return Err(Failure::Other(format!("cannot make a folder in {}: {error}", above.display())));
                }
            }
        }
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed lies among temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}
