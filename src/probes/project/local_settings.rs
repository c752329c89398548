use std::path::{Path, PathBuf};

use super::GoMod;
use crate::host::{Environment, Host};
use crate::model::{Context, Missing};
use crate::probes::go::SETTING_NAMES;
use crate::probes::shell::{Assignment, Contexts, assignments, script};
use crate::probes::{Fact, Probing, lookup};

/// The files of the project that set variables of the go command: `.env`,
/// and the `.envrc` of direnv.
#[derive(Debug)]
pub struct LocalSettings {
    /// The files that set some.
    pub files: Vec<LocalFile>,
    /// Why a file that is there could not be read.
    pub problem: Option<Missing>,
}

/// A file that sets variables of the go command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalFile {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// Who takes the variables from it to this session.
    pub loader: Loader,
    /// The last assignment of each variable.
    pub settings: Vec<Assignment>,
}

/// Who takes variables from a file into a shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loader {
    /// Nobody: only programs that look for such a file read it.
    Nobody,
    /// direnv.
    Direnv(Direnv),
}

/// What direnv has done for this session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direnv {
    /// It has loaded the file.
    Loaded,
    /// It is installed and has not loaded it.
    NotLoaded,
    /// It is not installed.
    NotInstalled,
    /// This session stands in another folder, where direnv has no reason to.
    Elsewhere,
}

impl Fact for LocalSettings {
    const ID: &'static str = "local-settings";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let here = &host.machine().folder;
        let mut found = LocalSettings { files: Vec::new(), problem: None };
        let envrc = here.ancestors().map(|folder| folder.join(".envrc")).find(|path| host.is_file(path));
        let root = module.found.as_ref().map(|file| file.folder.as_path());
        let mut folders: Vec<&Path> = vec![here];
        folders.extend(root.filter(|root| root != here));
        let texts: Vec<(PathBuf, String)> =
            folders.iter().filter_map(|folder| found.read(host, folder.join(".env"))).collect();
        let script = envrc.and_then(|path| found.read(host, path)).map(|(path, text)| (path, script(&text)));
        if texts.is_empty() && script.is_none() {
            return Ok(found);
        }
        let shells = probing.get::<Contexts>()?;
        let session = shells.get(Context::Session).map_err(Clone::clone)?;
        let direnv = script.as_ref().map(|(path, _)| Loader::Direnv(Direnv::of(host, session, path)));
        for (path, text) in texts {
            // `dotenv` is direnv's own command for such a file beside its own.
            let by_direnv = script.as_ref().is_some_and(|(envrc, script)| {
                envrc.parent() == path.parent()
                    && script.calls.iter().any(|call| matches!(call.as_str(), "dotenv" | "dotenv_if_exists"))
            });
            let loader = direnv.filter(|_| by_direnv).unwrap_or(Loader::Nobody);
            found.keep(host, path, loader, assignments(&text));
        }
        if let (Some((path, script)), Some(loader)) = (script, direnv) {
            found.keep(host, path, loader, script.assignments);
        }
        Ok(found)
    }
}

impl LocalSettings {
    /// The text of a file that need not be there.
    fn read(&mut self, host: &dyn Host, path: PathBuf) -> Option<(PathBuf, String)> {
        // Some tools make an environment folder of that name.
        if host.is_dir(&path) {
            return None;
        }
        match host.read_text(&path) {
            Ok(text) => Some((path, text)),
            Err(missing) => {
                if !missing.is_absent() {
                    self.problem.get_or_insert(missing);
                }
                None
            }
        }
    }

    /// Keeps a file, if it sets anything that the go command reads.
    fn keep(&mut self, host: &dyn Host, path: PathBuf, loader: Loader, all: Vec<Assignment>) {
        let mut settings: Vec<Assignment> = Vec::new();
        for assignment in all.into_iter().filter(|assignment| is_of_go(&assignment.name)) {
            settings.retain(|known| known.name != assignment.name);
            settings.push(assignment);
        }
        if !settings.is_empty() {
            let name = host.machine().tilde(&path);
            self.files.push(LocalFile { path, name, loader, settings });
        }
    }
}

/// Variables that are Go's alone: CC and its like mean much to others.
fn is_of_go(name: &str) -> bool {
    name.starts_with(['G', 'C'])
        && (name.starts_with("GO") || name.starts_with("CGO_"))
        && SETTING_NAMES.contains(&name)
}

impl Direnv {
    fn of(host: &dyn Host, session: &Environment, envrc: &Path) -> Direnv {
        let folder = envrc.parent().unwrap_or(Path::new("/"));
        // `DIRENV_DIR=-/home/kim/shop`
        let loaded = session.get("DIRENV_DIR").map(|folder| Path::new(folder.trim_start_matches('-')));
        let stands_elsewhere = session.get("PWD").is_some_and(|here| !Path::new(here).starts_with(folder));
        match loaded {
            Some(loaded) if loaded == folder => Direnv::Loaded,
            _ if stands_elsewhere => Direnv::Elsewhere,
            _ if lookup(host, "direnv", session).is_some() => Direnv::NotLoaded,
            _ => Direnv::NotInstalled,
        }
    }
}
