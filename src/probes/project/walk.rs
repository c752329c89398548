//! A bounded walk through a folder of sources.

use std::path::{Path, PathBuf};

use crate::host::{FileKind, Host};

/// How deep folders are followed.
const DEPTH: usize = 12;

/// How many folders are listed.
const FOLDER_LIMIT: usize = 2000;

/// Folders of other tools' making, which hold much and nothing that somebody
/// wrote.
const PASSED_OVER: [&str; 6] = ["vendor", "node_modules", "target", "venv", "__pycache__", "bower_components"];

/// Hidden folders that scripts are kept in.
const HIDDEN: [&str; 7] = [".ci", ".circleci", ".devcontainer", ".githooks", ".github", ".gitlab", ".husky"];

/// What a walk has found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Walk {
    /// The regular files, folder by folder, those nearest to the root first.
    pub(super) files: Vec<PathBuf>,
    /// True when there is more than was looked at.
    pub(super) is_cut: bool,
}

impl Walk {
    /// The files below `root`, at most `limit`. Links are not followed, other
    /// modules not entered, and what cannot be listed is passed over.
    pub(super) fn through(host: &dyn Host, root: &Path, limit: usize) -> Walk {
        let mut walk = Walk::default();
        let mut level = vec![root.to_owned()];
        let mut listed = 0;
        for depth in 0..=DEPTH {
            let mut below = Vec::new();
            for folder in level {
                listed += 1;
                if listed > FOLDER_LIMIT {
                    walk.is_cut = true;
                    return walk;
                }
                let entries = host.read_dir(&folder).unwrap_or_default();
                let is_module = |name: &str| name == "go.mod";
                if depth > 0 && entries.iter().any(|entry| entry.kind == FileKind::File && is_module(&entry.name)) {
                    continue;
                }
                for entry in entries {
                    match entry.kind {
                        FileKind::Folder if is_entered(&entry.name) => below.push(entry.path),
                        FileKind::File if walk.files.len() == limit => {
                            walk.is_cut = true;
                            return walk;
                        }
                        FileKind::File => walk.files.push(entry.path),
                        FileKind::Folder | FileKind::Link | FileKind::Special => {}
                    }
                }
            }
            level = below;
        }
        walk
    }
}

fn is_entered(name: &str) -> bool {
    if name.starts_with('.') { HIDDEN.contains(&name) } else { !PASSED_OVER.contains(&name) }
}
