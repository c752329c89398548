use std::path::{Path, PathBuf};

use super::goflags::GoFlags;
use super::settings::{Settings, View};
use crate::collections::Handful;
use crate::host::{Access, FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing, lookup};

/// What each context's GOCACHEPROG names.
#[derive(Debug)]
pub struct CachePrograms {
    by_context: Handful<Context, CacheProgram>,
}

/// What a GOCACHEPROG names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CacheProgram {
    /// A program that can be started.
    Runs(PathBuf),
    /// Nothing at this path.
    Nothing(String),
    /// Something that may not be executed.
    NotExecutable(String),
    /// No program of this name on PATH.
    NotOnPath(String),
    /// No word at all.
    NoWord,
    /// A quotation mark has no partner.
    Unterminated(char),
    /// It could not be looked at.
    Unknown(Missing),
}

impl Fact for CachePrograms {
    const ID: &'static str = "cache-programs";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let settings = probing.get::<Settings>()?;
        let by_context = settings.views().filter_map(|(context, view)| {
            let setting = view.get("GOCACHEPROG")?;
            Some((context, CacheProgram::find(probing.host(), &setting.value, view)))
        });
        Ok(CachePrograms { by_context: by_context.collect() })
    }
}

impl CacheProgram {
    /// Go splits the setting as it splits GOFLAGS, and starts its first word.
    fn find(host: &dyn Host, setting: &str, view: &View) -> CacheProgram {
        let words = match GoFlags::parse(setting) {
            Ok(flags) => flags.words,
            Err(_) => return CacheProgram::Unterminated(if setting.contains('\'') { '\'' } else { '"' }),
        };
        let Some(program) = words.into_iter().next().filter(|word| !word.is_empty()) else {
            return CacheProgram::NoWord;
        };
        if !program.contains('/') {
            return lookup(host, &program, view.environment())
                .map_or(CacheProgram::NotOnPath(program), CacheProgram::Runs);
        }
        // A relative one is looked for in the folder that go is called in.
        let path = host.machine().folder.join(Path::new(&program));
        match host.stat(&path) {
            Err(missing) if missing.is_absent() => CacheProgram::Nothing(program),
            Err(missing) => CacheProgram::Unknown(missing),
            Ok(stat) if stat.kind != FileKind::File => CacheProgram::NotExecutable(program),
            Ok(_) => match host.access(&path, Access::Execute) {
                Ok(true) => CacheProgram::Runs(path),
                Ok(false) => CacheProgram::NotExecutable(program),
                Err(missing) => CacheProgram::Unknown(missing),
            },
        }
    }
}

impl CachePrograms {
    /// What GOCACHEPROG names in a context; None where it is not set.
    #[must_use]
    pub fn get(&self, context: Context) -> Option<&CacheProgram> {
        self.by_context.get(&context)
    }
}
