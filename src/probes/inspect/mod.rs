//! What a file is, what it would get here, and whether it runs.
//!
//! Nothing is run: headers are read, and the loader's own search is done
//! after it.

mod handlers;
mod kernel;
mod loader;
mod obstacles;
mod processor;
mod script;
#[cfg(test)]
mod tests;
mod walk;

use std::path::Path;

use self::kernel::Kernel;
use self::loader::{Extent, Loader};
use crate::host::Host;
use crate::model::binary::{Kind, Linking};
use crate::model::inspect::{Inspection, Interpreter, Judgement, Library, Obstacle, Verdict};
use crate::model::{Binary, Format, Missing, Reason};

pub use loader::Found;
pub use walk::walk;

#[cfg(any(test, fuzzing))]
pub(crate) use loader::read_cache;

/// Looks at the files of one machine; what it learns of the machine is kept
/// from one file to the next. Several threads may use it at once.
pub struct Inspector<'a> {
    host: &'a dyn Host,
    kernel: Kernel,
    loader: Loader<'a>,
}

impl<'a> Inspector<'a> {
    /// Reads nothing yet.
    #[must_use]
    pub fn new(host: &'a dyn Host) -> Self {
        Inspector { host, kernel: Kernel::default(), loader: Loader::new(host, None) }
    }

    /// The same for programs that are started with this LD_LIBRARY_PATH.
    #[must_use]
    pub fn with_library_path(host: &'a dyn Host, library_path: impl Into<String>) -> Self {
        let loader = Loader::new(host, Some(library_path.into()));
        Inspector { host, kernel: Kernel::default(), loader }
    }

    /// What the loader would bring to a program that was read already.
    #[must_use]
    pub fn libraries(&self, place: &Path, binary: &Binary) -> Found {
        self.loader.load(place, binary)
    }

    /// Looks at one file. A relative path is one in the machine's folder.
    #[must_use]
    pub fn inspect(&self, path: &str) -> Inspection {
        let place = self.host.machine().folder.join(path);
        let named = path.to_owned();
        match self.host.binary(&place) {
            Err(missing) => Inspection {
                path: named,
                mode: self.mode(&place),
                judgement: unread(&missing),
                binary: Err(missing),
                interpreter: None,
                libraries: Vec::new(),
                lacking: Vec::new(),
                glibc_here: None,
            },
            Ok(binary) => self.judge(named, &place, binary),
        }
    }

    /// What keeps a program that was read already from running here. None for
    /// what is no program, too.
    #[must_use]
    pub fn obstacle(&self, place: &Path, binary: &Binary) -> Option<Obstacle> {
        if no_program(binary).is_some() {
            return None;
        }
        let found = self.loader.load(place, binary);
        obstacles::first(self.host, &self.kernel, place, binary, &found).1
    }

    fn judge(&self, path: String, place: &Path, binary: Binary) -> Inspection {
        let found = self.loader.load(place, &binary);
        let interpreter = binary.interpreter.clone().map(|path| Interpreter { present: self.is_here(&path), path });
        let judgement = self.judgement(place, &binary, &found);
        let resolved = |name: &String| found.loaded.get(name).cloned().flatten();
        let libraries = binary.needed.iter().map(|name| Library { name: name.clone(), resolved: resolved(name) });
        Inspection {
            path,
            mode: self.mode(place),
            interpreter,
            libraries: libraries.collect(),
            glibc_here: found.glibc,
            lacking: found.lacking,
            judgement,
            binary: Ok(binary),
        }
    }

    fn mode(&self, place: &Path) -> Option<u32> {
        self.host.stat(place).ok().map(|stat| stat.mode)
    }

    /// None where that could not be told.
    fn is_here(&self, path: &Path) -> Option<bool> {
        match self.host.stat(path) {
            Ok(_) => Some(true),
            Err(missing) if missing.is_absent() => Some(false),
            Err(_) => None,
        }
    }

    fn judgement(&self, place: &Path, binary: &Binary, found: &Found) -> Judgement {
        if let Some(nothing) = no_program(binary) {
            return nothing;
        }
        let (handler, obstacle) = obstacles::first(self.host, &self.kernel, place, binary, found);
        if let Some(obstacle) = obstacle {
            let (reason, advice) = (obstacle.reason(), obstacle.advice(binary));
            return Judgement { verdict: Verdict::DoesNotRun, reason: Some(reason), advice };
        }
        match (handler, self.uncertain(binary, found)) {
            (_, Some(why)) => Judgement::because(Verdict::Unknown, why),
            (Some(handler), None) => {
                Judgement::because(Verdict::Runs, format!("through {} (binfmt_misc)", handler.display()))
            }
            (None, None) => Judgement::plain(Verdict::Runs),
        }
    }

    /// Why an answer that found nothing against it means little.
    fn uncertain(&self, binary: &Binary, found: &Found) -> Option<String> {
        if found.extent == Extent::Part {
            return Some("it asks for more libraries and folders than gomedic follows".to_owned());
        }
        let goos = self.host.machine().goos();
        if binary.goarch.is_none() && binary.format != Format::Script {
            return Some("its architecture is one that gomedic does not know".to_owned());
        }
        let without_cgo = binary.go.as_ref().and_then(|go| go.settings.get("CGO_ENABLED")).is_some_and(|it| it == "0");
        if matches!(binary.format, Format::MachO | Format::Pe) && goos != "linux" && !without_cgo {
            return Some("what this system's loader would find for it is not followed".to_owned());
        }
        let loader = binary.interpreter.as_deref().filter(|_| binary.linking == Some(Linking::Dynamic))?;
        (self.is_here(loader).is_none()).then(|| format!("its loader {} cannot be looked at", loader.display()))
    }
}

/// Nothing that is damaged was understood; what could not be read may be
/// anything.
fn unread(missing: &Missing) -> Judgement {
    match missing.reason {
        Reason::Damaged => {
            let what = missing.detail.split_once(" is damaged: ").map_or(missing.detail.as_str(), |(_, what)| what);
            Judgement {
                advice: Some("Copy or download it again, or build it again.".to_owned()),
                ..Judgement::because(Verdict::Damaged, what)
            }
        }
        _ => Judgement::because(Verdict::Unknown, missing.detail.clone()),
    }
}

fn no_program(binary: &Binary) -> Option<Judgement> {
    let not = |reason: &str| Some(Judgement::because(Verdict::NotAProgram, reason));
    match (binary.format, binary.kind) {
        (Format::Other, _) if binary.size == 0 => not("it is empty"),
        (Format::Other, Kind::Other) => {
            not("its format is none of ELF, Mach-O, PE, ar or a script with an interpreter line")
        }
        (Format::Archive, _) => not("it is an archive of object files, to be linked"),
        (_, Kind::Library) => not("it is a shared library, to be loaded by programs"),
        (_, Kind::Object) => not("it is an object file, to be linked"),
        (_, Kind::Core) => not("it is the memory of a program that died"),
        (_, Kind::Program | Kind::Other) => None,
    }
}
