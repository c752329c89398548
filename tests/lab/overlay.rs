//! Unpacking one tree over another, as `tar` does it.

use std::fs;
use std::path::Path;

/// Puts every file of `from` into `to`, over what stands there, and removes
/// nothing else. Files are hard links: what is replaced is unlinked first, for
/// other machines have it too. The sources of Go's own commands are left out;
/// nothing that the lab builds needs them.
pub fn overlay(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be listed") {
        let entry = entry.expect("an entry can be read");
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.ends_with("src/cmd") {
            continue;
        }
        if entry.file_type().expect("an entry has a type").is_dir() {
            overlay(&source, &target);
            continue;
        }
        // It need not be there.
        let _ = fs::remove_file(&target);
        if fs::hard_link(&source, &target).is_err() {
            fs::copy(&source, &target).expect("a file can be copied");
        }
    }
}
