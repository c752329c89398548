use std::path::{Path, PathBuf};

use jiff::SignedDuration;

use super::binaries::OUTPUT_FOLDERS;
use super::own_programs::OwnPrograms;
use super::tracked::Tracked;
use super::{Flaw, FlawedProgram, GoMod, ModuleFile, Shelf};
use crate::host::{Binary, FileKind, Format, Host};
use crate::model::{Missing, Reason};
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

/// Ends of files that hold what a debugger or a linker needs of a program, and
/// nothing that runs.
const NO_PROGRAMS: [&str; 9] = [".debug", ".dbg", ".dwp", ".dwo", ".sym", ".a", ".o", ".syso", ".lib"];

/// A younger file may still be in the writing: when the folder for temporary
/// files is on another file system, `go build` copies.
const SETTLED: SignedDuration = SignedDuration::from_secs(2);

/// The programs that lie in the project's output folders, for whatever
/// platform. What git keeps is nobody's output: it is there to be embedded,
/// or for tests.
#[derive(Debug, Default)]
pub struct Outputs {
    /// The programs, folder by folder.
    pub found: Vec<Output>,
    /// Those whose content is not that of a program.
    pub flawed: Vec<FlawedProgram>,
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
        let Some(module) = &module.found else { return Ok(Outputs::default()) };
        let host = probing.host();
        let mut search = Search {
            host,
            own: OwnPrograms::of(host, module),
            tracked: Tracked::around(host, &module.folder),
            listed: 0,
            read: 0,
            outputs: Outputs::default(),
        };
        search.through(module);
        Ok(search.outputs)
    }
}

struct Search<'a> {
    host: &'a dyn Host,
    own: OwnPrograms,
    tracked: Tracked,
    listed: usize,
    read: usize,
    outputs: Outputs,
}

impl Search<'_> {
    fn through(&mut self, module: &ModuleFile) {
        let root = &module.folder;
        for name in OUTPUT_FOLDERS {
            let (folder, depth) = if name == "." { (root.clone(), 0) } else { (root.join(name), DEPTH) };
            for path in self.files(&folder, depth) {
                self.file(&folder, path);
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

    fn file(&mut self, folder: &Path, path: PathBuf) {
        let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if NO_PROGRAMS.iter().any(|end| name.ends_with(end)) {
            return;
        }
        // Nothing of Windows needs the mode of an executable.
        let is_program = name.ends_with(".exe") || self.host.is_executable(&path);
        if !is_program || self.read == PROGRAM_LIMIT || self.tracked.has(&path).unwrap_or(true) {
            return;
        }
        self.read += 1;
        let below = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        // Other files may be empty, and mark that something was done.
        if self.host.stat(&path).is_ok_and(|stat| stat.size == 0) {
            if self.own.have(&below) {
                self.flawed(folder, &path, Flaw::Empty);
            }
            return;
        }
        match self.host.binary(&path) {
            Ok(binary) => self.program(folder, path, below, binary),
            Err(missing) if missing.reason == Reason::Damaged => self.flawed(folder, &path, Flaw::damaged(&missing)),
            Err(missing) => {
                self.outputs.problem.get_or_insert(missing);
            }
        }
    }

    fn flawed(&mut self, folder: &Path, path: &Path, flaw: Flaw) {
        let age =
            self.host.stat(path).ok().and_then(|stat| stat.modified).map(|then| self.host.now().duration_since(then));
        if age.is_some_and(|age| !age.is_negative() && age < SETTLED) {
            return;
        }
        let machine = self.host.machine();
        let (name, folder) = (machine.tilde(path), machine.tilde(folder));
        self.outputs.flawed.push(FlawedProgram { name, folder, shelf: Shelf::Project, flaw });
    }

    fn program(&mut self, folder: &Path, path: PathBuf, below: PathBuf, binary: Binary) {
        if matches!(binary.format, Format::Script | Format::Other) {
            return;
        }
        if let Some(flaw) = Flaw::of(&binary) {
            self.flawed(folder, &path, flaw);
        }
        let machine = self.host.machine();
        self.outputs.found.push(Output {
            name: machine.tilde(&path),
            folder: machine.tilde(folder),
            below,
            path,
            binary,
        });
    }
}
