use std::path::{Path, PathBuf};

use super::cross_targets::{CrossTargets, says_platform};
use super::loader::{Loader, is_newer};
use super::{GoMod, Obstacle};
use crate::host::{Binary, BuildInfo, Environment, FileKind, Format, Host};
use crate::model::Missing;
use crate::probes::go::{Settings, Toolchains};
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
        let environment = view.map(|view| view.environment().clone()).unwrap_or_default();
        let mut reading = Reading::new(host, &environment);
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
        Ok(Binaries { found: reading.found, problem: reading.problem })
    }
}

/// The programs that are read so far, and what reading them takes.
struct Reading<'a> {
    host: &'a dyn Host,
    environment: &'a Environment,
    targets: CrossTargets,
    /// Made for the first program that needs one.
    loader: Option<Loader>,
    found: Vec<OutputProgram>,
    problem: Option<Missing>,
}

impl<'a> Reading<'a> {
    fn new(host: &'a dyn Host, environment: &'a Environment) -> Self {
        let targets = CrossTargets::default();
        Reading { host, environment, targets, loader: None, found: Vec::new(), problem: None }
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

    fn obstacle(&mut self, path: &Path, binary: &Binary, shelf: Shelf) -> Option<Obstacle> {
        let machine = self.host.machine();
        if let Some(obstacle) = Obstacle::of_platform(machine, binary) {
            let on_purpose = match &obstacle {
                Obstacle::Platform { goos, goarch } => shelf == Shelf::Project && self.targets.name(goos, goarch),
                _ => false,
            };
            return (!on_purpose).then_some(obstacle);
        }
        if binary.format != Format::Elf {
            return None;
        }
        // A library, or a static program.
        let interpreter = binary.interpreter.as_ref()?;
        if self.host.stat(interpreter).is_err_and(|missing| missing.is_absent()) {
            return Some(Obstacle::Interpreter(interpreter.clone()));
        }
        let (host, environment) = (self.host, self.environment);
        let loader = self.loader.get_or_insert_with(|| Loader::of(host, environment));
        let missing = loader.missing(host, path, binary);
        if !missing.is_empty() {
            return Some(Obstacle::Libraries(missing));
        }
        let required = binary.glibc_required.clone()?;
        let provided = loader.glibc(host).filter(|_| binary.goarch.as_deref() == Some(machine.goarch()))?.to_owned();
        is_newer(&required, &provided).then_some(Obstacle::Glibc { required, provided })
    }
}
