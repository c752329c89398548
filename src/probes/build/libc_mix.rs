use std::path::{Path, PathBuf};

use super::cgo_need::RECIPES;
use super::headers::is_native;
use super::{CUse, Cgo, Compiler, Compilers, Libc};
use crate::host::{Format, Host};
use crate::model::{Context, Missing};
use crate::probes::go::{Architectures, Setting, Settings, Toolchains, View};
use crate::probes::project::GoMod;
use crate::probes::{Fact, Probing};

/// The C library of this system, and programs that need the other one.
#[derive(Debug, Default)]
pub struct LibcMix {
    /// The library of this system, by the loader of its shell; None where
    /// that does not tell.
    pub system: Option<(Libc, PathBuf)>,
    /// What needs the other one, whose loader is not here.
    pub gaps: Vec<LibcGap>,
    /// Why it cannot be told of a part.
    pub problem: Option<Missing>,
}

/// A program that needs the C library which this system does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibcGap {
    /// The program.
    pub program: PathBuf,
    /// What of it needs the library.
    pub part: LibcPart,
    /// The library.
    pub libc: Libc,
    /// Its loader, which is not here.
    pub loader: PathBuf,
    /// The contexts in which it is called.
    pub contexts: Vec<Context>,
}

/// What needs the C library that is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LibcPart {
    /// The `go` command itself.
    Go,
    /// The C compiler itself, with the setting that names it.
    Compiler(Option<Setting>),
    /// What the C compiler links, with the setting that names it and what of
    /// the project is linked by it.
    Output(Setting, CUse),
}

/// A program that every system has.
const SHELL: &str = "/bin/sh";

impl Fact for LibcMix {
    const ID: &'static str = "libc-mix";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let mut mix = LibcMix::default();
        if host.machine().os != "linux" {
            return Ok(mix);
        }
        let loader = host.binary(Path::new(SHELL)).ok().and_then(|shell| shell.interpreter);
        mix.system = loader.and_then(|loader| Some((Libc::of_loader(&loader)?, loader)));
        let Some((system, _)) = mix.system else { return Ok(mix) };
        for command in &probing.get::<Architectures>()?.commands {
            if let Some((libc, loader)) = mix.foreign(host, &command.path, system) {
                for context in &command.contexts {
                    mix.note(&command.path, LibcPart::Go, libc, &loader, *context);
                }
            }
        }
        let (settings, compilers) = (probing.get::<Settings>()?, probing.get::<Compilers>()?);
        let toolchains = probing.get::<Toolchains>()?;
        for compiler in compilers.c().filter(|compiler| matches!(compiler.cgo, Cgo::On | Cgo::Decided { on: true })) {
            let Some(program) = compiler.program.as_ref() else { continue };
            if toolchains.active(compiler.context).is_none() {
                continue;
            }
            if let Some((libc, loader)) = mix.foreign(host, program, system) {
                let part = LibcPart::Compiler(compiler.setting.clone());
                mix.note(program, part, libc, &loader, compiler.context);
                continue;
            }
            let view = settings.view(compiler.context);
            let output = view.and_then(|view| output(probing, compiler, program, view, system));
            let (Some((libc, loader)), Some(setting)) = (output, &compiler.setting) else { continue };
            match CUse::of(probing, &toolchains)? {
                CUse::Nothing | CUse::NoProject => {}
                CUse::Unknown(missing) => drop(mix.problem.get_or_insert(missing)),
                used => mix.note(program, LibcPart::Output(setting.clone(), used), libc, loader, compiler.context),
            }
        }
        Ok(mix)
    }
}

impl LibcMix {
    fn note(&mut self, program: &Path, part: LibcPart, libc: Libc, loader: &Path, context: Context) {
        match self.gaps.iter_mut().find(|gap| gap.program == program && gap.part == part) {
            Some(gap) => gap.contexts.push(context),
            None => self.gaps.push(LibcGap {
                program: program.to_owned(),
                part,
                libc,
                loader: loader.to_owned(),
                contexts: vec![context],
            }),
        }
    }

    /// The library of a program and its loader, when it is the other one and
    /// not here.
    fn foreign(&mut self, host: &dyn Host, program: &Path, system: Libc) -> Option<(Libc, PathBuf)> {
        let loader = host.binary(program).ok().filter(|binary| binary.format == Format::Elf)?.interpreter?;
        let libc = Libc::of_loader(&loader).filter(|libc| *libc != system)?;
        match host.stat(&loader) {
            Err(missing) if missing.is_absent() => Some((libc, loader)),
            Err(missing) => {
                self.problem.get_or_insert(missing);
                None
            }
            Ok(_) => None,
        }
    }
}

/// The library that a compiler of this machine's own architecture links
/// against, with its loader, when that is the other one and not here.
fn output(
    probing: &Probing,
    compiler: &Compiler,
    program: &Path,
    view: &View,
    system: Libc,
) -> Option<(Libc, &'static Path)> {
    let (host, name) = (probing.host(), program.file_name()?.to_str()?);
    let libc = Libc::of_compiler(name).filter(|libc| *libc != system)?;
    let target = name.split("-gcc").next().unwrap_or_default();
    let is_own = name.starts_with("musl-") || is_native(target, host.machine());
    // What is set for this one session alone is rather for one build.
    let is_kept = compiler.setting.as_ref().is_some_and(|setting| setting.is_kept(&[compiler.context]));
    if !is_own || !is_kept || links_statically(probing, compiler, view) {
        return None;
    }
    let loader = libc.loader(host.machine().goarch())?;
    host.stat(loader).is_err_and(|missing| missing.is_absent()).then_some((libc, loader))
}

/// Whether the settings or the project ask for programs that need no loader.
fn links_statically(probing: &Probing, compiler: &Compiler, view: &View) -> bool {
    let is_asked = |text: &str| text.contains("-static");
    let settings = ["CGO_LDFLAGS", "GOFLAGS"].map(|name| view.value(name));
    let own = compiler.setting.as_ref().is_some_and(|setting| is_asked(&setting.value));
    let root = probing.get::<GoMod>().ok().and_then(|module| module.found.as_ref().map(|file| file.folder.clone()));
    let in_recipe = |name: &str| {
        root.as_ref()
            .and_then(|root| probing.host().read_text(&root.join(name)).ok())
            .is_some_and(|text| is_asked(&text))
    };
    own || settings.iter().any(|value| is_asked(value)) || RECIPES.iter().any(|name| in_recipe(name))
}
