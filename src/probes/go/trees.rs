use std::path::{Path, PathBuf};

use super::installations::Origin;
use super::lone::{LoneGo, is_lone};
use super::settings::Settings;
use super::std_files::STD_FILES;
use super::toolchains::{GoCommand, Toolchains};
use crate::host::Host;
use crate::model::{Context, GoVersion, Missing};
use crate::probes::{Fact, Probing};

/// What lies in the roots that the `go` commands of the contexts work with,
/// and `go` commands that have none.
#[derive(Debug)]
pub struct GoTrees {
    /// The roots, each once.
    pub found: Vec<GoTree>,
    /// The commands without a root.
    pub lone: Vec<LoneGo>,
}

/// A root that a `go` command works with: the one that GOROOT names, or else
/// its own.
#[derive(Debug)]
pub struct GoTree {
    /// The root.
    pub root: PathBuf,
    /// Who put it there.
    pub origin: Origin,
    /// The contexts that work with it.
    pub contexts: Vec<Context>,
    /// The version in its VERSION file; None when it has no such file, or no
    /// release's name stands there.
    pub version: Option<GoVersion>,
    /// Its programs with the versions that they were built as: the `go` that
    /// runs, where it is its own, and the compiler.
    pub stamps: Vec<Stamp>,
    /// What every Go has and this one lacks.
    pub absent: Vec<PathBuf>,
    /// Source files that its version cannot have.
    pub strays: Vec<Stray>,
    /// Why a part of it could not be looked at.
    pub problem: Option<Missing>,
}

/// A program with the version that it was built as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The program.
    pub path: PathBuf,
    /// From its build info.
    pub version: GoVersion,
}

/// A source file of another release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// The file.
    pub path: PathBuf,
    /// The releases that it belongs to: `Go before 1.26`.
    pub belongs_to: String,
}

/// Parts of the sources without which nothing builds. The last ones of the
/// archive are among them, for an unpacking that was broken off.
const SOURCES: [&str; 3] = ["runtime", "fmt", "unsafe"];

/// Tools without which nothing builds.
const TOOLS: [&str; 3] = ["compile", "asm", "link"];

impl Fact for GoTrees {
    const ID: &'static str = "go-trees";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let toolchains = probing.get::<Toolchains>()?;
        let settings = probing.get::<Settings>()?;
        let mut trees = GoTrees { found: Vec::new(), lone: Vec::new() };
        for (context, command) in toolchains.actives() {
            let named = settings.view(context).and_then(|view| view.get("GOROOT"));
            match named.map(|setting| PathBuf::from(setting.value)).or_else(|| command.root.clone()) {
                Some(root) => trees.add(host, &root, command, context),
                None if is_lone(host, command) => trees.add_lone(command, context),
                None => {}
            }
        }
        Ok(trees)
    }
}

impl GoTrees {
    fn add(&mut self, host: &dyn Host, root: &Path, command: &GoCommand, context: Context) {
        if let Some(known) = self.found.iter_mut().find(|tree| tree.root == root) {
            known.contexts.push(context);
            return;
        }
        let own = command.root.as_deref().is_some_and(|own| real(host, own) == real(host, root));
        // A folder that GOROOT names and that is no Go is another check's.
        if own || host.is_dir(&root.join("src/runtime")) {
            self.found.push(GoTree::read(host, root, command, own, context));
        }
    }

    fn add_lone(&mut self, command: &GoCommand, context: Context) {
        match self.lone.iter_mut().find(|known| known.path == command.path) {
            Some(known) => known.contexts.push(context),
            None => self.lone.push(LoneGo {
                path: command.path.clone(),
                version: command.version.clone(),
                contexts: vec![context],
            }),
        }
    }
}

fn real(host: &dyn Host, path: &Path) -> PathBuf {
    host.canonical(path).unwrap_or_else(|_| path.to_owned())
}

impl GoTree {
    fn read(host: &dyn Host, root: &Path, command: &GoCommand, own: bool, context: Context) -> GoTree {
        let program = if command.shim { root.join("bin/go") } else { command.real.clone() };
        let mut tree = GoTree {
            root: root.to_owned(),
            origin: Origin::of(root),
            contexts: vec![context],
            version: None,
            stamps: Vec::new(),
            absent: Vec::new(),
            strays: Vec::new(),
            problem: None,
        };
        match host.read_text(&root.join("VERSION")) {
            Ok(text) => tree.version = text.lines().next().and_then(GoVersion::parse),
            Err(missing) => tree.could_not(missing),
        }
        // The tools are those for the platform of the `go` that calls them.
        let goarch = host.binary(&program).ok().and_then(|binary| binary.goarch);
        let machine = host.machine();
        let platform = format!("{}_{}", machine.goos(), goarch.as_deref().unwrap_or(machine.goarch()));
        let tools = root.join("pkg/tool").join(platform);
        if own {
            tree.stamp(host, program);
        }
        tree.stamp(host, tools.join("compile"));
        tree.look_for(host, &root.join("src"), &SOURCES);
        tree.look_for(host, &tools, &TOOLS);
        if let Some(version) = tree.version.clone() {
            let foreign = STD_FILES.iter().filter(|file| file.is_foreign_to(&version));
            let found = foreign.map(|file| (root.join("src").join(file.path), file.belongs_to()));
            tree.strays = found
                .filter(|(path, _)| host.is_file(path))
                .map(|(path, belongs_to)| Stray { path, belongs_to })
                .collect();
        }
        tree
    }

    /// What is simply not there is no problem, or told by itself.
    fn could_not(&mut self, missing: Missing) {
        if !missing.is_absent() {
            self.problem.get_or_insert(missing);
        }
    }

    /// Before Go 1.18, programs carried no build info.
    fn stamp(&mut self, host: &dyn Host, path: PathBuf) {
        match host.binary(&path) {
            Ok(binary) => {
                let version = binary.go.and_then(|info| GoVersion::parse(&info.go_version));
                self.stamps.extend(version.map(|version| Stamp { path, version }));
            }
            Err(missing) => self.could_not(missing),
        }
    }

    fn look_for(&mut self, host: &dyn Host, folder: &Path, parts: &[&str]) {
        let paths: Vec<PathBuf> = match host.stat(folder) {
            Ok(_) => parts.iter().map(|part| folder.join(part)).collect(),
            Err(_) => vec![folder.to_owned()],
        };
        for path in paths {
            match host.stat(&path) {
                Ok(_) => {}
                Err(missing) if missing.is_absent() => self.absent.push(path),
                Err(missing) => self.could_not(missing),
            }
        }
    }
}
