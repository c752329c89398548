use std::path::{Path, PathBuf};

use super::GoMod;
use super::checkouts::is_repository;
use super::walk::Walk;
use crate::host::Host;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// How many files are listed.
const FILE_LIMIT: usize = 4000;

/// The files of the project that is looked at, as far as a bounded walk goes.
#[derive(Debug, Default)]
pub struct ProjectFiles {
    /// The root of the module, or else of the repository. None where there is
    /// neither, and for a home folder and what lies above one: those hold much
    /// more than a project.
    pub root: Option<ProjectRoot>,
    /// The regular files, those nearest to the root first.
    pub files: Vec<PathBuf>,
    /// That there are more files than were looked at.
    pub problem: Option<Missing>,
}

/// The folder of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRoot {
    /// The folder.
    pub path: PathBuf,
    /// The folder for people.
    pub name: String,
}

impl Fact for ProjectFiles {
    const ID: &'static str = "project-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let module = module.found.as_ref().map(|file| file.folder.as_path());
        let repository = || host.machine().folder.ancestors().find(|above| is_repository(host, above));
        let Some(root) = module.or_else(repository).filter(|root| !is_around_home(host, root)) else {
            return Ok(ProjectFiles::default());
        };
        let walk = Walk::through(host, root, FILE_LIMIT);
        let root = ProjectRoot { path: root.to_owned(), name: host.machine().tilde(root) };
        let problem = walk.is_cut.then(|| {
            let many = walk.files.len();
            Missing::failed(format!("{} holds too many files: only the first {many} were looked at", root.name))
        });
        Ok(ProjectFiles { root: Some(root), files: walk.files, problem })
    }
}

fn is_around_home(host: &dyn Host, root: &Path) -> bool {
    root == Path::new("/") || host.machine().user.home.as_ref().is_some_and(|home| home.starts_with(root))
}
