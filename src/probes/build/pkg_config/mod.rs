//! pkg-config: what the project's packages ask it for, and what it finds.

mod directives;
mod search;

use std::path::{Path, PathBuf};

use search::Search;

use super::{Cgo, Compilers, NativeCgo, ProjectPackages, Target};
use crate::host::Host;
use crate::model::{Context, Evidence, Missing};
use crate::probes::go::{GoFlags, Setting, Settings, Toolchains, View};
use crate::probes::project::{Elsewhere, GoMod};
use crate::probes::{Fact, Probing, Start, lookup};

/// What cgo packages of the project ask pkg-config for and do not get.
#[derive(Debug, Default)]
pub struct PkgConfig {
    /// What is missing, in the order in which it is asked for.
    pub lacks: Vec<PcLack>,
    /// Why it cannot be told of a part.
    pub problem: Option<Missing>,
}

/// A library that a package asks pkg-config for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PcAsk {
    /// Its name: `gtk+-3.0`.
    pub name: String,
    /// The package that asks.
    pub package: String,
    /// The line that asks.
    pub evidence: Evidence,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PcLack {
    /// What.
    pub what: PcMissing,
    /// The first package that asks.
    pub ask: PcAsk,
    /// The contexts in which it is missing.
    pub contexts: Vec<Context>,
}

/// What is missing of pkg-config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PcMissing {
    /// The program itself: this command names nothing that runs.
    Program {
        /// The command.
        command: String,
        /// The setting that names it; None for Go's own choice.
        setting: Option<Setting>,
    },
    /// The file that describes a library, in these folders.
    File(Vec<PathBuf>),
}

/// Go's own choice.
const DEFAULT: &str = "pkg-config";

/// Larger Go files are generated data.
const SIZE_LIMIT: u64 = 1024 * 1024;

/// Files that may tell pkg-config where to look when the project is built.
const RECIPES: [&str; 8] =
    ["Makefile", "makefile", "GNUmakefile", "Taskfile.yml", "Taskfile.yaml", "justfile", ".envrc", "build.sh"];

impl Fact for PkgConfig {
    const ID: &'static str = "pkg-config";

    /// All packages of the project are read for it.
    const START: Start = Start::Last;

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let mut found = PkgConfig::default();
        let (compilers, toolchains) = (probing.get::<Compilers>()?, probing.get::<Toolchains>()?);
        let with_cgo: Vec<Context> = compilers
            .c()
            .filter(|compiler| compiler.fault.is_none() && matches!(compiler.cgo, Cgo::On | Cgo::Decided { on: true }))
            .map(|compiler| compiler.context)
            .filter(|context| toolchains.active(*context).is_some())
            .collect();
        if with_cgo.is_empty() || probing.get::<GoMod>()?.found.is_none() {
            return Ok(found);
        }
        let asks = asks(probing, &mut found.problem)?;
        if asks.is_empty() {
            return Ok(found);
        }
        let settings = probing.get::<Settings>()?;
        let is_told_elsewhere = is_told_elsewhere(probing)?;
        for context in with_cgo {
            let Some(view) = settings.view(context) else { continue };
            match program(probing.host(), view) {
                Err(missing) => found.note(missing, &asks[0], context),
                Ok(_) if is_told_elsewhere => {}
                Ok(program) => found.files(probing.host(), &program, view, &asks, context),
            }
        }
        Ok(found)
    }
}

impl PkgConfig {
    fn note(&mut self, what: PcMissing, ask: &PcAsk, context: Context) {
        match self.lacks.iter_mut().find(|lack| lack.what == what && lack.ask == *ask) {
            Some(lack) => lack.contexts.push(context),
            None => self.lacks.push(PcLack { what, ask: ask.clone(), contexts: vec![context] }),
        }
    }

    fn files(&mut self, host: &dyn Host, program: &Path, view: &View, asks: &[PcAsk], context: Context) {
        let Some(search) = Search::of(host, program, view.environment()) else { return };
        for ask in asks {
            match search.finds(host, &ask.name) {
                Ok(true) => {}
                Ok(false) => self.note(PcMissing::File(search.folders.clone()), ask, context),
                Err(missing) => drop(self.problem.get_or_insert(missing)),
            }
        }
    }
}

/// The program that Go calls.
fn program(host: &dyn Host, view: &View) -> Result<PathBuf, PcMissing> {
    let setting = view.get("PKG_CONFIG");
    let words = setting.as_ref().and_then(|setting| GoFlags::parse(&setting.value).ok());
    let command = words.and_then(|flags| flags.words.into_iter().next()).unwrap_or_else(|| DEFAULT.to_owned());
    let path = if command.starts_with('/') {
        Some(PathBuf::from(&command)).filter(|path| host.is_executable(path))
    } else {
        lookup(host, &command, view.environment())
    };
    path.ok_or(PcMissing::Program { command, setting })
}

/// What the packages ask for, each name once.
fn asks(probing: &Probing, problem: &mut Option<Missing>) -> Result<Vec<PcAsk>, Missing> {
    let (host, cgo) = (probing.host(), probing.get::<NativeCgo>()?);
    let Some(packages) = &cgo.packages else { return Ok(Vec::new()) };
    let tags = probing.get::<ProjectPackages>()?.tags(&Target::native(host.machine()));
    let mut asks: Vec<PcAsk> = Vec::new();
    for (package, files) in &packages.c_files {
        for file in files {
            let text = match host.read(file, SIZE_LIMIT) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(missing) => {
                    problem.get_or_insert(missing);
                    continue;
                }
            };
            for directive in directives::read(&text, &tags) {
                let evidence =
                    Evidence::new(format!("{}:{}", host.machine().tilde(file), directive.line), directive.text);
                for name in directive.names {
                    if !asks.iter().any(|ask| ask.name == name) {
                        asks.push(PcAsk { name, package: package.clone(), evidence: evidence.clone() });
                    }
                }
            }
        }
    }
    Ok(asks)
}

/// True when what builds the project tells pkg-config where to look, which no
/// shell knows of.
fn is_told_elsewhere(probing: &Probing) -> Result<bool, Missing> {
    if probing.get::<Elsewhere>()?.file.is_some() {
        return Ok(true);
    }
    let (host, module) = (probing.host(), probing.get::<GoMod>()?);
    let Some(root) = module.found.as_ref().map(|file| &file.folder) else { return Ok(false) };
    let mut texts = RECIPES.iter().filter_map(|name| host.read_text(&root.join(name)).ok());
    Ok(texts.any(|text| text.contains("PKG_CONFIG_")))
}
