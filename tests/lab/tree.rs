//! A folder as a value, to be compared byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file: content, mode, owner, group.
    File(Vec<u8>, u32, u32, u32),
    /// A folder: mode, owner, group.
    Folder(u32, u32, u32),
    /// A link: its target.
    Link(PathBuf),
    /// A FIFO, socket or device: its mode.
    Special(u32),
}

/// Everything below a folder.
pub type Tree = BTreeMap<PathBuf, Entry>;

/// What programs write while they work, and no fix touches: caches, history,
/// telemetry and gomedic's own journal; and the Go toolchains, which are large.
const PASSING: &[&str] = &[
    "sdk",
    ".goenv/versions",
    ".cache",
    ".local/state/gomedic",
    ".local/share/fish",
    ".config/go/telemetry",
    "go/pkg",
    ".zsh_history",
    ".bash_history",
    ".zcompdump",
];

/// Everything below `root` but what passes.
pub fn tree(root: &Path) -> Tree {
    let mut found = Tree::new();
    collect(root, root, &mut found);
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Tree) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry can be read").path();
        let relative = path.strip_prefix(root).expect("it lies below the root").to_owned();
        if PASSING.iter().any(|passing| relative.starts_with(passing)) || is_empty_parent(&relative) {
            if !is_empty_parent(&relative) {
                continue;
            }
            collect(root, &path, found);
            continue;
        }
        let Some(entry) = Entry::at(&path) else { continue };
        let is_folder = matches!(entry, Entry::Folder(..));
        found.insert(relative, entry);
        if is_folder {
            collect(root, &path, found);
        }
    }
}

impl Entry {
    /// What stands at a path; a link is itself.
    pub fn at(path: &Path) -> Option<Entry> {
        let metadata = fs::symlink_metadata(path).ok()?;
        let (mode, uid, gid) = (metadata.mode() & 0o7777, metadata.uid(), metadata.gid());
        Some(if metadata.is_symlink() {
            Entry::Link(fs::read_link(path).expect("a link can be read"))
        } else if metadata.is_dir() {
            Entry::Folder(mode, uid, gid)
        } else if metadata.is_file() {
            Entry::File(fs::read(path).expect("a file can be read"), mode, uid, gid)
        } else {
            Entry::Special(mode)
        })
    }
}

/// Folders that come into being only as parents of what passes.
fn is_empty_parent(path: &Path) -> bool {
    [".local", ".local/state", ".local/share", "go"].iter().any(|parent| path == Path::new(parent))
}

/// What differs, one line per path.
pub fn differences(before: &Tree, after: &Tree) -> Vec<String> {
    let paths: std::collections::BTreeSet<&PathBuf> = before.keys().chain(after.keys()).collect();
    paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| format!("{}: {} -> {}", path.display(), shown(before.get(path)), shown(after.get(path))))
        .collect()
}

/// How many bytes of a content are shown.
const SHOWN: usize = 4096;

fn shown(entry: Option<&Entry>) -> String {
    match entry {
        None => "absent".to_owned(),
        Some(Entry::File(content, mode, uid, gid)) => {
            let start = &content[..content.len().min(SHOWN)];
            format!("file {mode:o} {uid}:{gid} {} bytes {:?}", content.len(), String::from_utf8_lossy(start))
        }
        Some(other) => format!("{other:?}"),
    }
}
