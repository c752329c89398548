use std::path::{Path, PathBuf};

use super::cross_targets::{CrossTargets, says_platform};
use super::{Flaw, FlawedProgram, GoMod};
use crate::host::{Binary, BuildInfo, FileKind, Format, Host};
use crate::model::inspect::Obstacle;
use crate::model::{Missing, Reason};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::inspect::Inspector;
use crate::probes::{Fact, Probing};

/// Where a project's programs usually end up, below its root.
pub(super) const OUTPUT_FOLDERS: [&str; 5] = [".", "bin", "dist", "build", "out"];

/// How many entries of a folder are looked at.
const ENTRY_LIMIT: usize = 512;

/// How many programs of a folder are read.
const PROGRAM_LIMIT: usize = 40;

/// The programs in the project's output folders and in the folder that
/// `go install` puts them into.
#[derive(Debug)]
pub struct Binaries {
    /// The programs, folder by folder.
    pub found: Vec<OutputProgram>,
    /// Those whose content is damaged.
    pub flawed: Vec<FlawedProgram>,
    /// Why a program that is there could not be read.
    pub problem: Option<Missing>,
}

/// A program that somebody built or installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputProgram {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// Its folder for people.
    pub folder: String,
    /// Where it was found.
    pub shelf: Shelf,
    /// Its Go build info, when it was built by Go.
    pub go: Option<BuildInfo>,
    /// Why it cannot run here; None when it can, as far as headers tell.
    pub obstacle: Option<Obstacle>,
}

/// The kind of folder that a program was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// The project's own.
    Project,
    /// GOBIN, or `bin` below GOPATH.
    Installed,
}

impl Fact for Binaries {
    const ID: &'static str = "output-programs";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (settings, toolchains) = (probing.get::<Settings>()?, probing.get::<Toolchains>()?);
        let module = probing.get::<GoMod>()?;
        let view = settings.in_use(&toolchains).map(|(_, view)| view);
        let mut reading = Reading::new(host);
        if let Some(root) = module.found.as_ref().map(|file| &file.folder) {
            reading.targets = CrossTargets::of(host, root);
            for folder in OUTPUT_FOLDERS {
                let folder = if folder == "." { root.clone() } else { root.join(folder) };
                reading.folder(&folder, Shelf::Project);
            }
        }
        if let Some(folder) = view.and_then(|view| view.bin_folder()) {
            reading.folder(&folder, Shelf::Installed);
        }
        // A GOBIN of one's own may hold programs from anywhere, packed ones
        // among them, whose headers lie on purpose.
        if view.is_some_and(|view| view.get("GOBIN").is_some()) {
            reading.flawed.retain(|program| program.shelf == Shelf::Project);
        }
        Ok(Binaries { found: reading.found, flawed: reading.flawed, problem: reading.problem })
    }
}

/// The programs that are read so far, and what reading them takes.
struct Reading<'a> {
    host: &'a dyn Host,
    inspector: Inspector<'a>,
    targets: CrossTargets,
    found: Vec<OutputProgram>,
    flawed: Vec<FlawedProgram>,
    problem: Option<Missing>,
}

impl<'a> Reading<'a> {
    fn new(host: &'a dyn Host) -> Self {
        let (inspector, targets) = (Inspector::new(host), CrossTargets::default());
        Reading { host, inspector, targets, found: Vec::new(), flawed: Vec::new(), problem: None }
    }

    fn folder(&mut self, folder: &Path, shelf: Shelf) {
        let mut files: Vec<(String, PathBuf)> = self
            .host
            .read_dir(folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|entry| entry.kind == FileKind::File && !says_platform(&entry.name))
            .map(|entry| (entry.name, entry.path))
            .collect();
        files.sort();
        files.truncate(ENTRY_LIMIT);
        let programs = files.into_iter().filter(|(_, path)| self.host.is_executable(path)).take(PROGRAM_LIMIT);
        for (_, path) in programs.collect::<Vec<_>>() {
            match self.host.binary(&path) {
                Ok(binary) => self.program(folder, path, shelf, binary),
                Err(missing) if missing.reason == Reason::Damaged => self.flawed(folder, &path, shelf, &missing),
                Err(missing) => {
                    self.problem.get_or_insert(missing);
                }
            }
        }
    }

    fn program(&mut self, folder: &Path, path: PathBuf, shelf: Shelf, binary: Binary) {
        if matches!(binary.format, Format::Script | Format::Other) {
            return;
        }
        let machine = self.host.machine();
        let obstacle = self.obstacle(&path, &binary, shelf);
        self.found.push(OutputProgram {
            name: machine.tilde(&path),
            folder: machine.tilde(folder),
            path,
            shelf,
            go: binary.go,
            obstacle,
        });
    }

    fn flawed(&mut self, folder: &Path, path: &Path, shelf: Shelf, missing: &Missing) {
        let machine = self.host.machine();
        self.flawed.push(FlawedProgram {
            name: machine.tilde(path),
            folder: machine.tilde(folder),
            shelf,
            flaw: Flaw::damaged(missing),
        });
    }

    /// The obstacles that a build for elsewhere leaves; the others are those
    /// of checks of their own.
    fn obstacle(&self, path: &Path, binary: &Binary, shelf: Shelf) -> Option<Obstacle> {
        let obstacle = self.inspector.obstacle(path, binary)?;
        match &obstacle {
            Obstacle::Platform { built, .. } => {
                let on_purpose = shelf == Shelf::Project && self.targets.name(&built.goos, &built.goarch);
                let in_windows = built.goos == "windows" && self.host.machine().is_wsl();
                (!on_purpose && !in_windows).then_some(obstacle)
            }
            Obstacle::Loader(_) | Obstacle::Libraries(_) | Obstacle::Versions(_) => Some(obstacle),
            _ => None,
        }
    }
}
