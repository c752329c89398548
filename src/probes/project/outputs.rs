use std::path::{Path, PathBuf};

use super::GoMod;
use super::binaries::OUTPUT_FOLDERS;
use super::tracked::Tracked;
use crate::host::{Binary, FileKind, Format, Host};
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// How deep output folders are followed: `bin/linux/arm64/shop`,
/// `dist/shop_linux_arm64_v1/shop`.
const DEPTH: usize = 2;

/// How many folders are listed in all.
const FOLDER_LIMIT: usize = 64;

/// How many entries of a folder are looked at.
const ENTRY_LIMIT: usize = 512;

/// How many programs are read in all.
const PROGRAM_LIMIT: usize = 160;

/// Folders in which nothing is what this project builds.
const PASSED_OVER: [&str; 4] = ["node_modules", "vendor", "testdata", "third_party"];

/// Ends of files that hold what a debugger needs of a program, and nothing
/// that runs.
const DEBUG_FILES: [&str; 5] = [".debug", ".dbg", ".dwp", ".dwo", ".sym"];

/// The programs that lie in the project's output folders, for whatever
/// platform. What git keeps is nobody's output: it is there to be embedded,
/// or for tests.
#[derive(Debug, Default)]
pub struct Outputs {
    /// The programs, folder by folder.
    pub found: Vec<Output>,
    /// Why a program that is there could not be read.
    pub problem: Option<Missing>,
}

/// A program that the project's build has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// The output folder for people: `~/shop/dist`.
    pub folder: String,
    /// The path from the output folder on: `shop_linux_arm64_v1/shop`.
    pub below: PathBuf,
    /// What it is.
    pub binary: Binary,
}

impl Fact for Outputs {
    const ID: &'static str = "outputs";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let module = probing.get::<GoMod>()?;
        let mut search = Search { host: probing.host(), listed: 0, read: 0, outputs: Outputs::default() };
        if let Some(root) = module.found.as_ref().map(|file| file.folder.as_path()) {
            search.through(root);
        }
        Ok(search.outputs)
    }
}

struct Search<'a> {
    host: &'a dyn Host,
    listed: usize,
    read: usize,
    outputs: Outputs,
}

impl Search<'_> {
    fn through(&mut self, root: &Path) {
        let tracked = Tracked::around(self.host, root);
        for name in OUTPUT_FOLDERS {
            let (folder, depth) = if name == "." { (root.to_owned(), 0) } else { (root.join(name), DEPTH) };
            for path in self.files(&folder, depth) {
                self.file(&folder, path, &tracked);
            }
        }
    }

    /// The files in a folder and below, those nearest to it first.
    fn files(&mut self, folder: &Path, depth: usize) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut level = vec![folder.to_owned()];
        for _ in 0..=depth {
            let mut below = Vec::new();
            for folder in level {
                self.listed += 1;
                if self.listed > FOLDER_LIMIT {
                    return files;
                }
                let mut entries = self.host.read_dir(&folder).unwrap_or_default();
                entries.retain(|entry| !entry.name.starts_with('.'));
                entries.sort_by(|a, b| a.name.cmp(&b.name));
                for entry in entries.into_iter().take(ENTRY_LIMIT) {
                    match entry.kind {
                        FileKind::File => files.push(entry.path),
                        FileKind::Folder if !PASSED_OVER.contains(&entry.name.as_str()) => below.push(entry.path),
                        FileKind::Folder | FileKind::Link | FileKind::Special => {}
                    }
                }
            }
            level = below;
        }
        files
    }

    fn file(&mut self, folder: &Path, path: PathBuf, tracked: &Tracked) {
        let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if DEBUG_FILES.iter().any(|end| name.ends_with(end)) {
            return;
        }
        // Nothing of Windows needs the mode of an executable.
        let is_program = name.ends_with(".exe") || self.host.is_executable(&path);
        if !is_program || self.read == PROGRAM_LIMIT || tracked.has(&path).unwrap_or(true) {
            return;
        }
        self.read += 1;
        match self.host.binary(&path) {
            Ok(binary) => self.program(folder, path, binary),
            Err(missing) => {
                self.outputs.problem.get_or_insert(missing);
            }
        }
    }

    fn program(&mut self, folder: &Path, path: PathBuf, binary: Binary) {
        if matches!(binary.format, Format::Script | Format::Other) {
            return;
        }
        let machine = self.host.machine();
        self.outputs.found.push(Output {
            name: machine.tilde(&path),
            folder: machine.tilde(folder),
            below: path.strip_prefix(folder).map(Path::to_owned).unwrap_or_default(),
            path,
            binary,
        });
    }
}
