//! /etc/ld.so.conf: what ldconfig makes the loader's cache from.

use std::path::{Path, PathBuf};

use crate::host::{FileKind, Host};

/// How deep `include` lines are followed.
const INCLUDE_DEPTH: usize = 3;

/// The folders that it names, with those of what it includes.
pub(super) fn folders(host: &dyn Host) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    read(host, Path::new("/etc/ld.so.conf"), 0, &mut folders);
    folders
}

fn read(host: &dyn Host, file: &Path, depth: usize, folders: &mut Vec<PathBuf>) {
    let Ok(text) = host.read_text(file) else { return };
    for line in text.lines().filter_map(|line| line.split('#').next()) {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("include"), Some(pattern)) if depth < INCLUDE_DEPTH => {
                for path in included(host, Path::new(pattern)) {
                    read(host, &path, depth + 1, folders);
                }
            }
            (Some(folder), _) if folder.starts_with('/') => folders.push(folder.trim_end_matches([',', ':']).into()),
            _ => {}
        }
    }
}

/// The files that `FOLDER/*.conf` stands for.
fn included(host: &dyn Host, pattern: &Path) -> Vec<PathBuf> {
    let pattern = Path::new("/etc").join(pattern);
    let (Some(folder), Some(name)) = (pattern.parent(), pattern.file_name()) else { return Vec::new() };
    let Some(end) = name.to_string_lossy().strip_prefix('*').map(str::to_owned) else { return vec![pattern] };
    let entries = host.read_dir(folder).unwrap_or_default().into_iter();
    let mut files: Vec<PathBuf> = entries
        .filter(|entry| entry.kind != FileKind::Folder && entry.name.ends_with(&end))
        .map(|entry| entry.path)
        .collect();
    files.sort();
    files
}
