use std::path::{Path, PathBuf};

use super::{GoMod, Trust};
use crate::host::{FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::modules::GitConfig;
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// How many entries of a folder are looked at for a main package.
const ENTRY_LIMIT: usize = 200;

/// How much of a Go file is read for its package clause.
const SIZE_LIMIT: u64 = 1024 * 1024;

/// The git repository that the module lies in, as git judges its owner.
#[derive(Debug)]
pub struct Repository {
    /// The repository; None when the module lies in none.
    pub found: Option<Checkout>,
}

/// A git repository with its owner.
#[derive(Debug)]
pub struct Checkout {
    /// The folder with `.git` in it.
    pub root: PathBuf,
    /// The first of its parts that is not this user's, with its owner.
    pub foreign: Option<(PathBuf, u32)>,
    /// Whether git was told to trust the folder all the same.
    pub trust: Result<Trust, Missing>,
    /// The file that `git config --global` writes.
    pub user_config: Option<PathBuf>,
    /// A file of a main package, for people: what Go stamps.
    pub program: Option<String>,
}

impl Fact for Repository {
    const ID: &'static str = "git-repository";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let Some(folder) = module.found.as_ref().map(|file| &file.folder) else {
            return Ok(Repository { found: None });
        };
        let Some(root) = folder.ancestors().find(|above| host.link_stat(&above.join(".git")).is_ok()) else {
            return Ok(Repository { found: None });
        };
        // git names the folder with its links followed.
        let root = host.canonical(root)?;
        let shells = probing.get::<Contexts>()?;
        let environment = shells.get(Context::Session).map_err(Clone::clone)?;
        let sudo = environment.get("SUDO_UID").and_then(|uid| uid.parse().ok());
        let foreign = foreign(host, &root, sudo);
        let (user_config, trust, program) = match foreign {
            None => (None, Ok(Trust::Untold), None),
            Some(_) => {
                let config = probing.get::<GitConfig>()?;
                let view = config.of(Context::Session);
                let trust = view.map_or(Ok(Trust::Untold), |view| Trust::of(view, &root));
                (view.and_then(|view| view.user_file.clone()), trust, program(host, folder))
            }
        };
        Ok(Repository { found: Some(Checkout { root, foreign, trust, user_config, program }) })
    }
}

/// What git compares with the user that runs it. Root may also use what
/// belongs to the user that called sudo.
fn foreign(host: &dyn Host, root: &Path, sudo: Option<u32>) -> Option<(PathBuf, u32)> {
    let own = host.machine().user.uid;
    let is_own = |uid: u32| uid == own || own == 0 && Some(uid) == sudo;
    [root.to_owned(), root.join(".git")].into_iter().find_map(|path| {
        let uid = host.link_stat(&path).ok()?.uid;
        (!is_own(uid)).then_some((path, uid))
    })
}

/// A main package where they usually are: in the module's root, or in `cmd`.
fn program(host: &dyn Host, root: &Path) -> Option<String> {
    let cmd = host.read_dir(&root.join("cmd")).unwrap_or_default().into_iter();
    let below = cmd.filter(|entry| entry.kind == FileKind::Folder).map(|entry| entry.path).take(ENTRY_LIMIT);
    std::iter::once(root.to_owned()).chain(below).find_map(|folder| {
        let files = host.read_dir(&folder).unwrap_or_default().into_iter();
        let mut files: Vec<PathBuf> = files
            .filter(|entry| entry.kind == FileKind::File)
            .filter(|entry| entry.name.ends_with(".go") && !entry.name.ends_with("_test.go"))
            .map(|entry| entry.path)
            .collect();
        files.sort();
        files.into_iter().take(ENTRY_LIMIT).find(|path| is_main(host, path)).map(|path| host.machine().tilde(&path))
    })
}

fn is_main(host: &dyn Host, path: &Path) -> bool {
    let text = host.read(path, SIZE_LIMIT).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    text.is_ok_and(|text| {
        let is_left_out = |line: &str| line.starts_with("//go:build") || line.starts_with("// +build");
        let mut lines = text.lines().map(str::trim_end);
        lines.clone().any(|line| line == "package main") && !lines.any(is_left_out)
    })
}
