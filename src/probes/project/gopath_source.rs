use std::path::{Path, PathBuf};

use super::GoMod;
use super::checkouts::is_repository;
use super::walk::Walk;
use crate::host::Host;
use crate::model::{Context, Missing};
use crate::probes::go::{Settings, View};
use crate::probes::{Fact, Probing};

/// How many files of the project are looked through for Go.
const WALK_LIMIT: usize = 500;

/// A project as it was kept before there were modules: below `src` of a
/// GOPATH, without a go.mod.
#[derive(Debug)]
pub struct GopathSource {
    /// The project; None when what is looked at is none of the kind.
    pub found: Option<OldProject>,
}

/// A project below GOPATH without a go.mod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldProject {
    /// Its root.
    pub folder: PathBuf,
    /// The root for people.
    pub name: String,
    /// The path that others import it by: its place below `src`.
    pub import_path: String,
    /// A Go file of it, for people.
    pub file: String,
    /// The contexts in which Go wants a module here.
    pub contexts: Vec<Context>,
}

impl Fact for GopathSource {
    const ID: &'static str = "gopath-source";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        if probing.get::<GoMod>()?.found.is_some() {
            return Ok(GopathSource { found: None });
        }
        let settings = probing.get::<Settings>()?;
        let real = |path: &Path| host.canonical(path).unwrap_or_else(|_| path.to_owned());
        let folder = real(&host.machine().folder);
        let source = |view: &View| {
            let sources = view.gopath().into_iter().map(|gopath| real(&gopath.join("src")));
            sources.into_iter().find(|source| folder.starts_with(source) && folder != *source)
        };
        let mut contexts = Vec::new();
        let mut above = None;
        for (context, view) in settings.views().filter(|(_, view)| wants_module(view)) {
            if let Some(source) = source(view) {
                contexts.push(context);
                above.get_or_insert(source);
            }
        }
        Ok(GopathSource { found: above.and_then(|source| OldProject::read(host, &folder, &source, contexts)) })
    }
}

/// With GO111MODULE=off or auto Go builds such a project as it always did.
fn wants_module(view: &View) -> bool {
    !matches!(view.value("GO111MODULE").as_str(), "off" | "auto")
}

impl OldProject {
    fn read(host: &dyn Host, folder: &Path, source: &Path, contexts: Vec<Context>) -> Option<OldProject> {
        let own = |above: &&Path| *above != source;
        let repository = folder.ancestors().take_while(own).find(|above| is_repository(host, above));
        let root = repository.unwrap_or(folder);
        let is_go = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "go");
        let mut files = Walk::through(host, root, WALK_LIMIT).files.into_iter().filter(is_go);
        // Without a repository a folder of other projects would count.
        let file = files.find(|path| repository.is_some() || path.parent() == Some(root))?;
        let machine = host.machine();
        Some(OldProject {
            name: machine.tilde(root),
            import_path: root.strip_prefix(source).ok()?.display().to_string(),
            file: machine.tilde(&file),
            folder: root.to_owned(),
            contexts,
        })
    }
}
