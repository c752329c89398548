//! Where pkg-config looks.

use std::path::{Path, PathBuf};

use super::super::headers::is_native;
use crate::host::{Environment, Host};
use crate::model::Missing;

/// The folders in which pkg-config looks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Search {
    /// The folders, first those that the user names.
    pub(super) folders: Vec<PathBuf>,
}

/// Names that pkg-config knows by itself.
const BUILT_IN: [&str; 2] = ["pkg-config", "pkgconf"];

/// How many files of a folder are read to see what they stand in for.
const FILE_LIMIT: usize = 2000;

impl Search {
    /// The folders of a pkg-config that came with the system, with all those
    /// that some distribution has: a file is missing only when it is nowhere.
    /// None for any other, which has folders of its own.
    pub(super) fn of(host: &dyn Host, program: &Path, environment: &Environment) -> Option<Search> {
        let is_of_system = [Path::new("/usr/bin"), Path::new("/bin")].contains(&program.parent()?);
        if !is_of_system || !BUILT_IN.contains(&program.file_name()?.to_str()?) {
            return None;
        }
        let listed = |name: &str| {
            let value = environment.get(name)?;
            Some(value.split(':').filter(|folder| folder.starts_with('/')).map(PathBuf::from).collect::<Vec<_>>())
        };
        let mut folders = listed("PKG_CONFIG_PATH").unwrap_or_default();
        folders.extend(listed("PKG_CONFIG_LIBDIR").unwrap_or_else(|| defaults(host)));
        Some(Search { folders })
    }

    /// Whether there is a file for this name, or one that stands in for it.
    pub(super) fn finds(&self, host: &dyn Host, name: &str) -> Result<bool, Missing> {
        if BUILT_IN.contains(&name) {
            return Ok(true);
        }
        for folder in &self.folders {
            for file in [format!("{name}.pc"), format!("{name}-uninstalled.pc")] {
                match host.stat(&folder.join(file)) {
                    Ok(_) => return Ok(true),
                    Err(missing) if missing.is_absent() => {}
                    Err(missing) => return Err(missing),
                }
            }
        }
        Ok(self.folders.iter().any(|folder| stands_in(host, folder, name)))
    }
}

/// Those that pkg-config was built with.
fn defaults(host: &dyn Host) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for prefix in ["/usr/local", "/usr"].map(Path::new) {
        let entries = host.read_dir(&prefix.join("lib")).unwrap_or_default().into_iter();
        let mut targets: Vec<PathBuf> =
            entries.filter(|entry| is_native(&entry.name, host.machine())).map(|entry| entry.path).collect();
        targets.sort();
        found.extend(targets);
        found.extend(["lib", "lib64", "share"].map(|name| prefix.join(name)));
    }
    found.into_iter().map(|folder| folder.join("pkgconfig")).collect()
}

/// Whether a file of the folder says that it provides the name.
fn stands_in(host: &dyn Host, folder: &Path, name: &str) -> bool {
    let entries = host.read_dir(folder).unwrap_or_default().into_iter();
    let files = entries.filter(|entry| entry.name.ends_with(".pc")).take(FILE_LIMIT);
    files.filter_map(|entry| host.read_text(&entry.path).ok()).any(|text| provides(&text, name))
}

fn provides(text: &str, name: &str) -> bool {
    let mut lists = text.lines().filter_map(|line| line.trim_start().strip_prefix("Provides:"));
    lists.any(|list| list.split([',', ' ', '\t', '=', '<', '>']).any(|word| word == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_provided_is_read() {
        let text = "Name: x\r\nProvides: libfoo = 1.2, bar>=3\r\nRequires: baz\r\n";
        assert!(provides(text, "libfoo") && provides(text, "bar"));
        assert!(!provides(text, "baz") && !provides(text, "lib") && !provides("\u{fffd}", "x"));
    }
}
