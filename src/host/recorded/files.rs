use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;

use super::format::{FileEntry, FileTable, GoTree};
use super::platforms::platform_list;
use crate::host::{Access, DirEntry, FileKind, Stat};
use crate::model::{Missing, Reason};

/// How many links are followed before it is a loop, as in the kernel.
const LINK_LIMIT: usize = 40;

/// One recorded path.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: FileKind,
    pub(super) text: Vec<u8>,
    pub(super) link: Option<PathBuf>,
    pub(super) mode: u32,
    pub(super) owner: u32,
    pub(super) size: u64,
    pub(super) modified: Option<Timestamp>,
}

/// The recorded paths of a machine.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: BTreeMap<PathBuf, Node>,
    home: Option<PathBuf>,
    uid: u32,
}

impl Tree {
    pub(super) fn new(home: Option<PathBuf>, uid: u32) -> Self {
        let mut tree = Tree { nodes: BTreeMap::new(), home: home.clone(), uid };
        tree.add_folder(Path::new("/"));
        let tmp = Node { mode: 0o1777, ..tree.folder(0) };
        tree.nodes.insert("/tmp".into(), tmp);
        // Every system has certificates, unless its machine file says not.
        let bundle = FileTable { text: Some("-----BEGIN CERTIFICATE-----\n".into()), ..FileTable::default() };
        // A regular file of default mode is never refused.
        let _ = tree.add(Path::new("/etc/ssl/certs/ca-certificates.crt"), FileEntry::Table(bundle));
        if let Some(home) = home {
            tree.add_folder(&home);
        }
        tree
    }

    fn folder(&self, owner: u32) -> Node {
        Node { kind: FileKind::Folder, text: Vec::new(), link: None, mode: 0o755, owner, size: 4096, modified: None }
    }

    /// Below home things belong to the user, elsewhere to root.
    fn usual_owner(&self, path: &Path) -> u32 {
        if self.home.as_ref().is_some_and(|home| path.starts_with(home)) { self.uid } else { 0 }
    }

    pub(super) fn add_folder(&mut self, path: &Path) {
        for ancestor in path.ancestors() {
            if !self.nodes.contains_key(ancestor) {
                let node = self.folder(self.usual_owner(ancestor));
                self.nodes.insert(ancestor.to_owned(), node);
            }
        }
    }

    /// Adds what a machine file says of a path.
    pub(super) fn add(&mut self, path: &Path, entry: FileEntry) -> Result<(), String> {
        let table = match entry {
            FileEntry::Removed(_) => {
                self.nodes.remove(path);
                return Ok(());
            }
            FileEntry::Text(text) => FileTable { text: Some(text), ..FileTable::default() },
            FileEntry::Table(table) => table,
        };
        if let Some(parent) = path.parent() {
            self.add_folder(parent);
        }
        let kind = match (table.kind.as_deref(), &table.link) {
            (_, Some(_)) => FileKind::Link,
            (None | Some("file"), None) => FileKind::File,
            (Some("folder"), None) => FileKind::Folder,
            (Some("fifo"), None) => FileKind::Special,
            (Some(other), None) => return Err(format!("{}: no such kind of file: '{other}'", path.display())),
        };
        let mode = match &table.mode {
            Some(text) => u32::from_str_radix(text, 8)
                .map_err(|_| format!("{}: the mode '{text}' is not octal", path.display()))?,
            None if kind == FileKind::Folder => 0o755,
            None => 0o644,
        };
        let text = table.text.unwrap_or_default().into_bytes();
        let node = Node {
            kind,
            size: table.size.unwrap_or(text.len() as u64),
            text,
            link: table.link.map(PathBuf::from),
            mode,
            owner: table.owner.unwrap_or_else(|| self.usual_owner(path)),
            modified: table.modified,
        };
        self.nodes.insert(path.to_owned(), node);
        Ok(())
    }

    /// Adds an executable of no content.
    pub(super) fn add_binary(&mut self, path: &Path, owner: Option<u32>) {
        if let Some(parent) = path.parent() {
            self.add_folder(parent);
        }
        let owner = owner.unwrap_or_else(|| self.usual_owner(path));
        let node = Node { kind: FileKind::File, mode: 0o755, size: 1 << 20, ..self.folder(owner) };
        self.nodes.entry(path.to_owned()).or_insert(node);
    }

    /// Adds the usual files of a Go installation and returns its binaries.
    pub(super) fn add_go(&mut self, tree: &GoTree, root: &Path, goos: &str, goarch: &str) -> Vec<PathBuf> {
        let tools = root.join("pkg/tool").join(format!("{goos}_{goarch}"));
        let binaries =
            [root.join("bin/go"), root.join("bin/gofmt"), tools.join("compile"), tools.join("link"), tools.join("asm")];
        for binary in &binaries {
            self.add_binary(binary, tree.owner);
        }
        let go_env = tree.go_env.clone().unwrap_or_else(|| {
            "# This file contains the initial defaults for go command configuration.\n\nGOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\n\nGOTOOLCHAIN=auto\n".into()
        });
        let texts = [
            platform_list(&tree.version),
            ("VERSION", format!("{}\ntime 2026-01-01T00:00:00Z\n", tree.version)),
            ("go.env", go_env),
            ("src/runtime/proc.go", "package runtime\n".to_owned()),
            // What programs with C in them import unsaid.
            ("src/syscall/syscall.go", "package syscall\n".to_owned()),
            ("src/runtime/cgo/cgo.go", "package cgo\n\nimport \"C\"\n".to_owned()),
            ("src/fmt/print.go", "package fmt\n".to_owned()),
            ("lib/time/zoneinfo.zip", String::new()),
            ("src/unsafe/unsafe.go", "package unsafe\n".to_owned()),
        ];
        for (name, text) in texts {
            let table = FileTable { text: Some(text), owner: tree.owner, ..FileTable::default() };
            // A regular file of default mode is never refused.
            let _ = self.add(&root.join(name), FileEntry::Table(table));
        }
        binaries.to_vec()
    }

    /// The path with every link followed.
    pub(super) fn canonical(&self, path: &Path) -> Result<PathBuf, Missing> {
        let mut followed = 0;
        let mut rest: Vec<std::ffi::OsString> = components(path);
        let mut done = PathBuf::from("/");
        while let Some(part) = rest.pop() {
            if part == ".." {
                done.pop();
                continue;
            }
            let next = done.join(&part);
            let node = self.nodes.get(&next).ok_or_else(|| absent(path))?;
            match &node.link {
                Some(target) => {
                    followed += 1;
                    if followed > LINK_LIMIT {
                        return Err(Missing::failed(format!("{}: too many levels of symbolic links", path.display())));
                    }
                    if target.is_absolute() {
                        done = PathBuf::from("/");
                    }
                    rest.extend(components(target));
                }
                None => done = next,
            }
        }
        Ok(done)
    }

    pub(super) fn node(&self, path: &Path) -> Result<&Node, Missing> {
        let path = self.canonical(path)?;
        self.nodes.get(&path).ok_or_else(|| absent(&path))
    }

    /// The node at `path` itself: only the links of its parents are followed.
    pub(super) fn link_node(&self, path: &Path) -> Result<&Node, Missing> {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return self.node(path) };
        let path = self.canonical(parent)?.join(name);
        self.nodes.get(&path).ok_or_else(|| absent(&path))
    }

    pub(super) fn stat(&self, path: &Path, node: &Node) -> Stat {
        let place = self.nodes.keys().position(|known| known == path).unwrap_or(usize::MAX);
        Stat {
            kind: node.kind,
            size: node.size,
            mode: node.mode,
            uid: node.owner,
            gid: node.owner,
            id: (1, place as u64),
            links: 1,
            modified: node.modified,
        }
    }

    pub(super) fn entries(&self, path: &Path) -> Result<Vec<DirEntry>, Missing> {
        let path = self.canonical(path)?;
        if self.node(&path)?.kind != FileKind::Folder {
            return Err(Missing::failed(format!("{}: not a folder", path.display())));
        }
        let children = self.nodes.iter().filter(|(child, _)| child.parent() == Some(&path));
        Ok(children
            .filter_map(|(child, node)| {
                let name = child.file_name()?.to_string_lossy().into_owned();
                Some(DirEntry { name, path: child.clone(), kind: node.kind })
            })
            .collect())
    }

    /// What the permission bits grant to `uid`. Root may everything but
    /// execute a file that nobody may execute.
    pub(super) fn grants(&self, path: &Path, access: Access, uid: u32) -> Result<bool, Missing> {
        let node = self.node(path)?;
        let bit = match access {
            Access::Read => 0o4,
            Access::Write => 0o2,
            Access::Execute => 0o1,
        };
        if uid == 0 {
            return Ok(access != Access::Execute || node.mode & 0o111 != 0 || node.kind == FileKind::Folder);
        }
        let shift = if node.owner == uid { 6 } else { 0 };
        Ok((node.mode >> shift) & bit != 0)
    }

    /// Every recorded path, for tests that look at the machine as a whole.
    pub(super) fn names(&self) -> BTreeSet<&Path> {
        self.nodes.keys().map(PathBuf::as_path).collect()
    }
}

fn components(path: &Path) -> Vec<std::ffi::OsString> {
    path.components()
        .rev()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_owned()),
            Component::ParentDir => Some("..".into()),
            _ => None,
        })
        .collect()
}

fn absent(path: &Path) -> Missing {
    Missing::new(Reason::Absent, format!("{}: no such file or directory", path.display()))
}
