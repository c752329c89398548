//! A folder as a value: all that undo must bring back.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Everything below a folder, by relative path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree(BTreeMap<PathBuf, Thing>);

/// One thing in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Thing {
    mode: u32,
    owner: (u32, u32),
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    File(String),
    Link(PathBuf),
    Folder,
    Special,
}

impl Tree {
    /// The folder as it is.
    pub(crate) fn of(folder: &Path) -> Tree {
        let mut things = BTreeMap::new();
        collect(folder, folder, &mut things);
        Tree(things)
    }

    /// What stands at a relative path.
    fn get(&self, path: &str) -> Option<&Thing> {
        self.0.get(Path::new(path))
    }

    /// Each of these paths is as on one side or on the other.
    pub(crate) fn assert_not_torn(&self, (before, after): &(Tree, Tree), paths: &[&str]) {
        for path in paths {
            let thing = self.get(path);
            assert!(thing == before.get(path) || thing == after.get(path), "{path} is torn: {thing:?}");
        }
    }

    /// The relative paths in it.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.0.keys().map(|path| path.to_str().expect("test paths are UTF-8")).collect()
    }
}

fn collect(root: &Path, folder: &Path, things: &mut BTreeMap<PathBuf, Thing>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        let metadata = fs::symlink_metadata(&path).expect("the entry is there");
        let what = if metadata.is_symlink() {
            What::Link(fs::read_link(&path).expect("a link can be read"))
        } else if metadata.is_dir() {
            What::Folder
        } else if metadata.is_file() {
            // Escaped, so that a failure can be read whatever the bytes are.
            What::File(fs::read(&path).expect("the file can be read").escape_ascii().to_string())
        } else {
            What::Special
        };
        let is_folder = what == What::Folder;
        let thing =
            Thing { mode: metadata.permissions().mode() & 0o7777, owner: (metadata.uid(), metadata.gid()), what };
        things.insert(path.strip_prefix(root).expect("it lies below the root").to_owned(), thing);
        if is_folder {
            collect(root, &path, things);
        }
    }
}
