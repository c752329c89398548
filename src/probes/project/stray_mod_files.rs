use std::path::{Path, PathBuf};

use super::checkouts::{FOLDERS, is_repository};
use super::go_mod::ModuleFile;
use super::walk::Walk;
use super::{GoMod, GoWork};
use crate::host::{Access, DirEntry, FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::go::{Setting, SettingOrigin, Settings, View};
use crate::probes::{Fact, Probing};

/// How many files below a folder are looked through for Go.
const WALK_LIMIT: usize = 300;

/// How many Go files are read for what they import.
const READ_LIMIT: usize = 20;

/// Larger Go files are generated data.
const SIZE_LIMIT: u64 = 256 * 1024;

/// The go.mod files that lie where they make Go go wrong.
#[derive(Debug)]
pub struct StrayModFiles {
    /// The files.
    pub found: Vec<StrayModFile>,
}

/// A go.mod that lies where it should not.
#[derive(Debug)]
pub struct StrayModFile {
    /// The file.
    pub file: ModuleFile,
    /// Why it should not.
    pub place: StrayPlace,
    /// What it seems to be.
    pub kind: StrayKind,
    /// A free name beside it, for moving it out of the way. None when the
    /// usual one is taken.
    pub aside: Option<PathBuf>,
    /// True when this user may move it.
    pub movable: bool,
}

/// Where a go.mod must not lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StrayPlace {
    /// The first folder of GOPATH: no project at all may have its go.mod there.
    Gopath {
        /// GOPATH.
        setting: Setting,
        /// Who sees it.
        contexts: Vec<Context>,
    },
    /// The folder of temporary files, where Go passes over it.
    Temporary {
        /// TMPDIR, where it is set.
        setting: Option<Setting>,
        /// Who has that folder.
        contexts: Vec<Context>,
    },
    /// Above a folder that has nothing to do with it, and that it takes in.
    Above {
        /// The folder.
        inside: PathBuf,
    },
}

/// What a go.mod seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrayKind {
    /// Left behind: nothing of a module lies beside it.
    Leftover,
    /// The go.mod of a real project, in the wrong place.
    Project,
}

impl Fact for StrayModFiles {
    const ID: &'static str = "stray-mod-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (module, work) = (probing.get::<GoMod>()?, probing.get::<GoWork>()?);
        let settings = probing.get::<Settings>()?;
        let mut found = in_gopaths(host, &settings);
        let is_module_mode = settings.view(Context::Session).is_none_or(uses_modules);
        // A workspace says itself what its modules are.
        if let Some(file) = module.found.as_ref().filter(|_| work.found.is_none() && is_module_mode) {
            let above = || takes_in(host, file).map(|inside| StrayPlace::Above { inside });
            let place = temporary(host, &settings, &file.folder).or_else(above);
            let is_known = found.iter().any(|known| known.file.path == file.path);
            found.extend(place.filter(|_| !is_known).map(|place| StrayModFile::new(host, file.path.clone(), place)));
        }
        Ok(StrayModFiles { found })
    }
}

impl StrayModFile {
    fn new(host: &dyn Host, path: PathBuf, place: StrayPlace) -> StrayModFile {
        let file = ModuleFile::read(host, path);
        let kind = if holds_project(host, &file.folder) { StrayKind::Project } else { StrayKind::Leftover };
        let aside = file.folder.join("go.mod.stray");
        let is_free = host.link_stat(&aside).is_err_and(|missing| missing.is_absent());
        let movable = host.access(&file.folder, Access::Write).unwrap_or(false);
        StrayModFile { place, kind, aside: is_free.then_some(aside), movable, file }
    }
}

fn uses_modules(view: &View) -> bool {
    view.value("GO111MODULE") != "off"
}

/// The go.mod files in the first folders of GOPATH.
fn in_gopaths(host: &dyn Host, settings: &Settings) -> Vec<StrayModFile> {
    let mut places: Vec<(PathBuf, Setting, Vec<Context>)> = Vec::new();
    for (context, view) in settings.views().filter(|(_, view)| uses_modules(view)) {
        let Some(folder) = view.gopath().into_iter().next().filter(|folder| folder.is_absolute()) else { continue };
        let setting = view
            .get("GOPATH")
            .unwrap_or_else(|| Setting { value: folder.display().to_string(), origin: SettingOrigin::Default });
        let path = folder.join("go.mod");
        match places.iter_mut().find(|(known, of, _)| *known == path && *of == setting) {
            Some((.., contexts)) => contexts.push(context),
            None => places.push((path, setting, vec![context])),
        }
    }
    places
        .into_iter()
        .filter(|(path, ..)| host.is_file(path))
        .map(|(path, setting, contexts)| StrayModFile::new(host, path, StrayPlace::Gopath { setting, contexts }))
        .collect()
}

/// That this is the folder of temporary files, for those for whom it is.
fn temporary(host: &dyn Host, settings: &Settings, folder: &Path) -> Option<StrayPlace> {
    let real = |path: &Path| host.canonical(path).unwrap_or_else(|_| path.to_owned());
    let folder = real(folder);
    let variable = |view: &View| view.environment().get("TMPDIR").map(str::to_owned);
    let is_temporary = |view: &View| real(Path::new(variable(view).as_deref().unwrap_or("/tmp"))) == folder;
    let views: Vec<(Context, &View)> = settings.views().filter(|(_, view)| is_temporary(view)).collect();
    let setting = variable(views.first()?.1).map(|value| Setting { value, origin: SettingOrigin::Environment });
    Some(StrayPlace::Temporary { setting, contexts: views.into_iter().map(|(context, _)| context).collect() })
}

/// The folder that a go.mod takes in and that has nothing to do with it: one
/// below a home, or another repository.
fn takes_in(host: &dyn Host, file: &ModuleFile) -> Option<PathBuf> {
    let machine = host.machine();
    let folder = &machine.folder;
    if *folder == file.folder || holds_project(host, &file.folder) {
        return None;
    }
    // What lies in a repository is somebody's; one around home is no project.
    let home = machine.user.home.as_deref();
    let is_around_home = |above: &Path| home.is_some_and(|home| home != above && home.starts_with(above));
    if file.folder.ancestors().any(|above| !is_around_home(above) && is_repository(host, above)) {
        return None;
    }
    let content = file.content.as_ref().ok()?;
    // In a container, home is often the project's own folder.
    let is_home = !machine.container && home.is_some_and(|home| home.starts_with(&file.folder));
    let below = || folder.ancestors().take_while(|above| **above != file.folder);
    let repository = below().find(|above| is_repository(host, above)).map(Path::to_owned);
    let inside = match repository {
        // What somebody requires modules for is in use.
        Some(root) if is_home || content.requires.is_empty() => root,
        None if is_home => folder.clone(),
        Some(_) | None => return None,
    };
    let has_go = Walk::through(host, folder, WALK_LIMIT).files.iter().any(|path| is_go(path));
    let name = content.module.as_ref().map(|module| module.value.as_str());
    let is_part = name.is_some_and(|name| imports(host, folder, name));
    (has_go && !is_part).then_some(inside)
}

fn is_go(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "go")
}

/// True when a Go file in this folder imports a package of the module.
fn imports(host: &dyn Host, folder: &Path, module: &str) -> bool {
    let own = [format!("\"{module}\""), format!("\"{module}/")];
    let files =
        host.read_dir(folder).unwrap_or_default().into_iter().map(|entry| entry.path).filter(|path| is_go(path));
    files.take(READ_LIMIT).any(|path| {
        let bytes = host.read(&path, SIZE_LIMIT).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        own.iter().any(|own| text.contains(own.as_str()))
    })
}

/// True when a module lives in the folder itself: code or a repository lies
/// beside its go.mod.
fn holds_project(host: &dyn Host, folder: &Path) -> bool {
    let entries = host.read_dir(folder).unwrap_or_default();
    let is_code = |entry: &DirEntry| entry.kind == FileKind::File && is_go(Path::new(&entry.name));
    entries.iter().any(|entry| is_code(entry) || FOLDERS.contains(&entry.name.as_str()))
}
