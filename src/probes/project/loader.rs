//! What this system's dynamic loader would find for a program.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use crate::host::{Binary, Environment, FileKind, Host};

/// Folders that every loader searches, or that packages put libraries into.
const FOLDERS: [&str; 8] =
    ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/lib32", "/usr/lib32", "/usr/local/lib", "/usr/local/lib64"];

/// How deep `include` lines of ld.so.conf are followed.
const INCLUDE_DEPTH: usize = 3;

/// The folders in which libraries are looked for.
#[derive(Debug)]
pub(super) struct Loader {
    folders: Vec<PathBuf>,
    glibc: OnceCell<Option<String>>,
}

impl Loader {
    /// What is searched on this system, for programs started from this
    /// environment. Rather too much than too little: a library counts as
    /// missing only when it is nowhere.
    pub(super) fn of(host: &dyn Host, environment: &Environment) -> Loader {
        let mut folders: Vec<PathBuf> =
            environment.get("LD_LIBRARY_PATH").unwrap_or_default().split(':').map(PathBuf::from).collect();
        configured(host, Path::new("/etc/ld.so.conf"), 0, &mut folders);
        for folder in FOLDERS {
            folders.push(folder.into());
            // Debian keeps libraries by architecture: /lib/x86_64-linux-gnu.
            let below = host.read_dir(Path::new(folder)).unwrap_or_default().into_iter();
            folders.extend(below.filter(|entry| entry.name.contains("-linux-")).map(|entry| entry.path));
        }
        folders.retain(|folder| folder.is_absolute());
        Loader { folders, glibc: OnceCell::new() }
    }

    /// The libraries that the program at `path` asks for and that lie nowhere.
    pub(super) fn missing(&self, host: &dyn Host, path: &Path, binary: &Binary) -> Vec<String> {
        let own = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let run_path: Vec<PathBuf> = binary
            .run_path
            .iter()
            .map(|folder| folder.replace("$ORIGIN", &own).replace("${ORIGIN}", &own).into())
            .collect();
        // A path with other variables could lead anywhere.
        if run_path.iter().any(|folder| folder.to_string_lossy().contains('$')) {
            return Vec::new();
        }
        let is_here = |name: &String| {
            name.contains('/') || run_path.iter().chain(&self.folders).any(|folder| host.exists(&folder.join(name)))
        };
        binary.needed.iter().filter(|name| !is_here(name)).cloned().collect()
    }

    /// The newest symbol version of the glibc that is installed here for this
    /// machine's own architecture.
    pub(super) fn glibc(&self, host: &dyn Host) -> Option<&str> {
        let own = Some(host.machine().goarch());
        let read = || {
            let candidates = self.folders.iter().map(|folder| folder.join("libc.so.6"));
            let libraries = candidates.filter_map(|path| host.binary(&path).ok());
            libraries.filter(|libc| libc.goarch.as_deref() == own).find_map(|libc| libc.glibc_provided)
        };
        self.glibc.get_or_init(read).as_deref()
    }
}

/// The folders that a loader configuration names, with what it includes.
fn configured(host: &dyn Host, file: &Path, depth: usize, folders: &mut Vec<PathBuf>) {
    let Ok(text) = host.read_text(file) else { return };
    for line in text.lines().filter_map(|line| line.split('#').next()) {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("include"), Some(pattern)) if depth < INCLUDE_DEPTH => {
                for path in included(host, Path::new(pattern)) {
                    configured(host, &path, depth + 1, folders);
                }
            }
            (Some(folder), _) => folders.push(folder.trim_end_matches([',', ':']).into()),
            (None, _) => {}
        }
    }
}

/// The files that `FOLDER/*.conf` stands for.
fn included(host: &dyn Host, pattern: &Path) -> Vec<PathBuf> {
    let (Some(folder), Some(name)) = (pattern.parent(), pattern.file_name()) else { return Vec::new() };
    let Some(end) = name.to_string_lossy().strip_prefix('*').map(str::to_owned) else { return vec![pattern.into()] };
    let entries = host.read_dir(folder).unwrap_or_default().into_iter();
    entries
        .filter(|entry| entry.kind != FileKind::Folder && entry.name.ends_with(&end))
        .map(|entry| entry.path)
        .collect()
}

/// True when a symbol version such as `2.38` is newer than what is provided.
pub(super) fn is_newer(required: &str, provided: &str) -> bool {
    let numbers = |version: &str| version.split('.').map(|n| n.parse().unwrap_or(0)).collect::<Vec<u32>>();
    numbers(required) > numbers(provided)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers() {
        assert!(is_newer("2.38", "2.36") && is_newer("2.36", "2.4"));
        assert!(!is_newer("2.36", "2.36") && !is_newer("2.2.5", "2.36"));
    }
}
