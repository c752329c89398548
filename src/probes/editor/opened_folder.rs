use std::path::{Path, PathBuf};

use super::family::workspaces;
use crate::host::{FileKind, Host};
use crate::model::{GoVersion, Missing};
use crate::probes::project::ModFile;
use crate::probes::{Fact, Probing};

/// The folder that an editor of the VS Code family was opened on, when it lies
/// outside of every module: what shows it is its `.vscode`.
#[derive(Debug)]
pub struct OpenedFolder {
    /// The folder; None where there is no such folder, or it lies in a module
    /// or a workspace.
    pub outside: Option<Outside>,
}

/// An opened folder outside of every module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The folder.
    pub path: PathBuf,
    /// The folder for people.
    pub name: String,
    /// The file that shows that an editor was opened on it, for people.
    pub mark: String,
    /// The modules below it.
    pub modules: Vec<Module>,
}

/// A module below an opened folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its folder, from the opened folder on.
    pub folder: PathBuf,
    /// The version of its go line, when it is one.
    pub go: Option<GoVersion>,
}

/// How many folders deep modules are looked for.
const DEPTH: usize = 3;
/// How many folders are looked into.
const FOLDERS: usize = 300;

const MARKS: [&str; 3] = [".vscode/settings.json", ".vscode/launch.json", ".vscode/tasks.json"];

impl Fact for OpenedFolder {
    const ID: &'static str = "opened-folder";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let marked = workspaces(host).into_iter().find_map(|folder| {
            let mark = MARKS.into_iter().map(|mark| folder.join(mark)).find(|mark| host.is_file(mark))?;
            Some((folder, mark))
        });
        let Some((path, mark)) = marked else { return Ok(OpenedFolder { outside: None }) };
        let covers = |folder: &Path| host.is_file(&folder.join("go.mod")) || host.is_file(&folder.join("go.work"));
        if path.ancestors().any(covers) {
            return Ok(OpenedFolder { outside: None });
        }
        let name = host.machine().tilde(&path);
        let mut outside = Outside { name, mark: host.machine().tilde(&mark), modules: Vec::new(), path };
        let mut left = FOLDERS;
        let root = outside.path.clone();
        outside.collect(host, &root, 0, &mut left);
        Ok(OpenedFolder { outside: Some(outside) })
    }
}

impl Outside {
    fn collect(&mut self, host: &dyn Host, folder: &Path, depth: usize, left: &mut usize) {
        let entries = host.read_dir(folder).unwrap_or_default();
        for entry in entries.into_iter().filter(|entry| entry.kind == FileKind::Folder) {
            // What go itself passes over, and what is no code of the project.
            let passed_over = entry.name.starts_with(['.', '_'])
                || matches!(entry.name.as_str(), "vendor" | "node_modules" | "testdata");
            if passed_over || *left == 0 {
                continue;
            }
            *left -= 1;
            if let Ok(text) = host.read_text(&entry.path.join("go.mod")) {
                let go = ModFile::parse(&text).go.and_then(|go| GoVersion::parse(&go.value));
                let below = entry.path.strip_prefix(&self.path).unwrap_or(&entry.path);
                self.modules.push(Module { folder: below.to_owned(), go });
            }
            if depth + 1 < DEPTH {
                self.collect(host, &entry.path, depth + 1, left);
            }
        }
    }
}
