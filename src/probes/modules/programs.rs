use std::path::{Path, PathBuf};

use crate::host::{Environment, FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::go::Settings;
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing, lookup};

/// How many programs of a folder are looked at.
const LIMIT: usize = 400;

/// The programs that `go install` has made, and who finds them.
#[derive(Debug)]
pub struct GoPrograms {
    folders: Vec<BinFolder>,
}

/// The folder that `go install` puts programs into, as some contexts see it.
#[derive(Debug)]
pub struct BinFolder {
    /// The folder.
    pub path: PathBuf,
    /// The contexts whose settings name it.
    pub contexts: Vec<Context>,
    /// The names of the programs in it, sorted.
    pub programs: Result<Vec<String>, Missing>,
    /// For each of the contexts, the programs that its PATH does not find,
    /// here or elsewhere.
    pub lost: Vec<(Context, Vec<String>)>,
}

impl Fact for GoPrograms {
    const ID: &'static str = "go-programs";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let shells = probing.get::<Contexts>()?;
        let settings = probing.get::<Settings>()?;
        let mut folders: Vec<BinFolder> = Vec::new();
        for (context, view) in settings.views() {
            let Some(path) = view.bin_folder().filter(|path| path.is_absolute()) else { continue };
            let Ok(environment) = shells.get(context) else { continue };
            let at = folders.iter().position(|folder| folder.path == path).unwrap_or_else(|| {
                let programs = programs(host, &path);
                folders.push(BinFolder { path, contexts: Vec::new(), programs, lost: Vec::new() });
                folders.len() - 1
            });
            let folder = &mut folders[at];
            let lost = lost(host, folder, environment);
            folder.contexts.push(context);
            folder.lost.push((context, lost));
        }
        Ok(GoPrograms { folders })
    }
}

impl GoPrograms {
    /// The folder that `go install` of this context puts programs into.
    #[must_use]
    pub fn of(&self, context: Context) -> Option<&BinFolder> {
        self.folders.iter().find(|folder| folder.contexts.contains(&context))
    }
}

impl BinFolder {
    /// The programs that this context does not find.
    #[must_use]
    pub fn lost_in(&self, context: Context) -> &[String] {
        self.lost.iter().find(|(of, _)| *of == context).map_or(&[], |(_, lost)| lost.as_slice())
    }
}

/// Executable files; Go's own command is there by itself when GOPATH and
/// GOROOT are one.
fn programs(host: &dyn Host, folder: &Path) -> Result<Vec<String>, Missing> {
    let entries = match host.read_dir(folder) {
        Err(missing) if missing.is_absent() => return Ok(Vec::new()),
        other => other?,
    };
    let mut names: Vec<String> = entries
        .into_iter()
        .filter(|entry| matches!(entry.kind, FileKind::File | FileKind::Link))
        .filter(|entry| !matches!(entry.name.as_str(), "go" | "gofmt"))
        .take(LIMIT)
        .filter(|entry| host.is_executable(&entry.path))
        .map(|entry| entry.name)
        .collect();
    names.sort();
    Ok(names)
}

fn lost(host: &dyn Host, folder: &BinFolder, environment: &Environment) -> Vec<String> {
    let has = |entry: &str| {
        let entry = Path::new(entry.trim_end_matches('/'));
        entry == folder.path || host.canonical(entry).is_ok_and(|real| host.canonical(&folder.path) == Ok(real))
    };
    if environment.path_entries().into_iter().any(has) {
        return Vec::new();
    }
    let programs = folder.programs.as_deref().unwrap_or_default();
    programs.iter().filter(|name| lookup(host, name, environment).is_none()).cloned().collect()
}
