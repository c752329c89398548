//! The headers of the C library.

mod flags;
mod include_path;

use std::path::PathBuf;

use flags::Flags;
use include_path::IncludePath;
pub(super) use include_path::is_native;

use super::{CUse, Cgo, Compiler, Compilers};
use crate::model::{Context, Missing};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::{Fact, Probing};

/// The C compilers that Go calls and that find no C library to compile
/// against.
#[derive(Debug, Default)]
pub struct LibcHeaders {
    /// The compilers.
    pub gaps: Vec<HeaderGap>,
    /// What is compiled with them; looked for only where there are such.
    pub need: CUse,
    /// Why it cannot be told of a compiler.
    pub problem: Option<Missing>,
}

/// A compiler without the headers of the C library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderGap {
    /// The program, links followed.
    pub program: PathBuf,
    /// The contexts in which Go calls it.
    pub contexts: Vec<Context>,
    /// The folders in which it looks.
    pub folders: Vec<PathBuf>,
}

/// The header that every cgo package includes.
const HEADER: &str = "stdlib.h";

impl Fact for LibcHeaders {
    const ID: &'static str = "libc-headers";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let mut found = LibcHeaders::default();
        if host.machine().os != "linux" {
            return Ok(found);
        }
        let (settings, compilers) = (probing.get::<Settings>()?, probing.get::<Compilers>()?);
        let toolchains = probing.get::<Toolchains>()?;
        let in_use = compilers.c().filter(|compiler| toolchains.active(compiler.context).is_some());
        for compiler in in_use.filter(|compiler| matches!(compiler.cgo, Cgo::On | Cgo::Decided { on: true })) {
            let Some(path) = include_path(probing, &settings, compiler) else { continue };
            match path.lacks(host, HEADER) {
                Ok(true) => found.note(path, compiler.context),
                Ok(false) => {}
                Err(missing) => drop(found.problem.get_or_insert(missing)),
            }
        }
        if !found.gaps.is_empty() {
            found.need = CUse::of(probing, &toolchains)?;
        }
        Ok(found)
    }
}

fn include_path(probing: &Probing, settings: &Settings, compiler: &Compiler) -> Option<IncludePath> {
    let host = probing.host();
    let view = settings.view(compiler.context)?;
    let program = host.canonical(compiler.program.as_ref()?).ok()?;
    let flags = Flags::read(compiler.setting.as_ref(), view)?;
    let mut path = IncludePath::of(host, program)?;
    path.folders.splice(0..0, flags.folders);
    Some(path)
}

impl LibcHeaders {
    fn note(&mut self, path: IncludePath, context: Context) {
        let IncludePath { program, folders } = path;
        match self.gaps.iter_mut().find(|gap| gap.program == program && gap.folders == folders) {
            Some(gap) => gap.contexts.push(context),
            None => self.gaps.push(HeaderGap { program, contexts: vec![context], folders }),
        }
    }
}
