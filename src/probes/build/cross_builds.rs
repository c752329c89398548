use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::c_command::{CCommand, target_in_name};
use super::cgo_need::{RECIPES, code_for};
use super::recipes::{Recipe, recipes};
use super::target_names;
use crate::model::Target;
use crate::model::{Context, Evidence, Missing};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::project::{BuildFile, GoMod, build_files};
use crate::probes::{Fact, Probing};

/// What the project's build files build for other platforms with cgo, and
/// whether the compilers for that are here.
#[derive(Debug, Default)]
pub struct CrossBuilds {
    /// The first command for each compiler, of those that need it.
    pub found: Vec<CrossBuild>,
    /// Why it cannot be told for some command whether it needs its compiler.
    pub problem: Option<Missing>,
}

/// A command of a build file that needs a cross compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossBuild {
    /// Where it stands.
    pub place: Evidence,
    /// What it builds for.
    pub platform: Target,
    /// The compiler that it names: a name to be found on PATH.
    pub compiler: String,
    /// The target in that name: `aarch64-linux-gnu`.
    pub target: String,
    /// What in the project needs a C compiler.
    pub code: Evidence,
    /// What there is of the compiler.
    pub state: CompilerState,
}

/// What there is of a cross compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompilerState {
    /// It is there, with what it links programs with, as far as can be told.
    Complete,
    /// Not one of these contexts, those with a `go`, has it on PATH.
    Missing(Vec<Context>),
    /// It is there, and the files of the C library are not.
    Incomplete {
        /// The compiler.
        path: PathBuf,
        /// The file of the library that is looked for.
        file: &'static str,
        /// A folder that it ought to lie in.
        folder: PathBuf,
    },
}

/// The folders below a target's own that hold its C library, by the habits of
/// distributions.
const LIBRARY_FOLDERS: [&str; 10] = [
    "lib",
    "lib64",
    "usr/lib",
    "usr/lib64",
    "sys-root/lib",
    "sys-root/usr/lib",
    "sys-root/usr/lib64",
    "sys-root/mingw/lib",
    "sysroot/usr/lib",
    "sysroot/usr/lib64",
];

impl Fact for CrossBuilds {
    const ID: &'static str = "cross-builds";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let (host, module) = (probing.host(), probing.get::<GoMod>()?);
        let Some(file) = &module.found else { return Ok(CrossBuilds::default()) };
        let own = target_names::of_machine(host.machine());
        let mut builds = CrossBuilds::default();
        let mut codes: BTreeMap<Target, Option<Evidence>> = BTreeMap::new();
        for build_file in build_files(host, &file.folder).iter().filter(|file| is_run_here(file)) {
            for recipe in recipes(&build_file.text, &own) {
                let Some(target) = target_of(&recipe) else { continue };
                if builds.found.iter().any(|known| known.compiler == recipe.compiler.program) {
                    continue;
                }
                let code = codes.entry(recipe.platform.clone()).or_insert_with(|| {
                    let (code, problem) = code_for(host, file, &recipe.platform);
                    builds.problem = builds.problem.take().or(problem);
                    code
                });
                let Some(code) = code.clone() else { continue };
                let place = format!("{}:{}", host.machine().tilde(&build_file.path), recipe.line);
                let line = build_file.text.lines().nth(recipe.line - 1).unwrap_or_default().trim();
                builds.found.push(CrossBuild {
                    place: Evidence::new(place, line),
                    state: CompilerState::of(probing, &recipe.compiler, &target)?,
                    compiler: recipe.compiler.program,
                    platform: recipe.platform,
                    target,
                    code,
                });
            }
        }
        Ok(builds)
    }
}

/// True for a file whose commands a developer runs, and that not in a
/// container.
fn is_run_here(file: &BuildFile) -> bool {
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    RECIPES.contains(&name.as_ref()) || name.ends_with(".sh")
}

/// The target of a compiler with a name that distributions give it, when it
/// is the one that the command builds for.
fn target_of(recipe: &Recipe) -> Option<String> {
    let program = &recipe.compiler.program;
    let target = target_in_name(program).filter(|_| !program.contains('/'))?;
    (target_names::of_triple(target).as_ref() == Some(&recipe.platform)).then(|| target.to_owned())
}

impl CompilerState {
    fn of(probing: &Probing, compiler: &CCommand, target: &str) -> Result<CompilerState, Missing> {
        let (host, settings, toolchains) = (probing.host(), probing.get::<Settings>()?, probing.get::<Toolchains>()?);
        let with_go = || settings.views().filter(|(context, _)| toolchains.active(*context).is_some());
        let Some(path) = with_go().find_map(|(_, view)| compiler.find(host, view.environment())) else {
            let contexts: Vec<Context> = with_go().map(|(context, _)| context).collect();
            return Ok(if contexts.is_empty() { CompilerState::Complete } else { CompilerState::Missing(contexts) });
        };
        let names_root = compiler.arguments.iter().any(|word| word.starts_with("--sysroot"));
        // Where another toolchain keeps its library is its own affair.
        let real = host.canonical(&path).unwrap_or_else(|_| path.clone());
        if names_root || real.parent() != Some(Path::new("/usr/bin")) {
            return Ok(CompilerState::Complete);
        }
        let file = if target.contains("mingw") { "libmingwex.a" } else { "crt1.o" };
        let is_there = library_folders(target).any(|folder| host.exists(&folder.join(file)));
        let folder = Path::new("/usr").join(target).join("lib");
        Ok(if is_there { CompilerState::Complete } else { CompilerState::Incomplete { path, file, folder } })
    }
}

/// Where the C library of a target may lie, Debian's way for programs of
/// another architecture included.
fn library_folders(target: &str) -> impl Iterator<Item = PathBuf> {
    let own = Path::new("/usr").join(target);
    let of_architecture = Path::new("/usr/lib").join(target);
    LIBRARY_FOLDERS.iter().map(move |folder| own.join(folder)).chain([of_architecture])
}
