//! The project whose packages are looked at.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::graph::{Follow, Graph, Pruning};
use super::home::{Home, Origin};
use super::homes::{Found, Homes, MainModule};
use super::load::{CgoPackages, load};
use super::roots;
use super::sources::Sources;
use super::supply::{ModuleSupply, Supply};
use super::target::{Tags, Target};
use crate::host::Host;
use crate::model::{CgoPackage, GoVersion, Missing};
use crate::probes::go::{GoFlags, Settings, Toolchains, View};
use crate::probes::project::{GoMod, GoWork, ModFile, ModuleFile, Replace, Vendored, WorkspaceMembers};
use crate::probes::{Fact, Probing};

/// The files of the project and of all that it imports. What was read for one
/// target is not read again for another.
#[derive(Debug)]
pub struct ProjectPackages {
    pub(super) homes: Homes,
    roots: Vec<Arc<Home>>,
    pub(super) go: (u32, u32),
    pub(super) tags: Vec<String>,
}

impl Fact for ProjectPackages {
    const ID: &'static str = "project-packages";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (settings, toolchains) = (probing.get::<Settings>()?, probing.get::<Toolchains>()?);
        let (context, go) = toolchains.in_use().ok_or_else(|| Missing::absent("no go is on any PATH"))?;
        let view = settings.view(context).ok_or_else(|| Missing::absent("no go is on any PATH"))?;
        let root = go.root.clone().unwrap_or_else(|| view.value("GOROOT").into());
        let version = go.version.clone().ok_or_else(|| Missing::failed("the version of go is not known"))?;
        let (module, work) = (probing.get::<GoMod>()?, probing.get::<GoWork>()?);
        let members = probing.get::<WorkspaceMembers>()?;
        let flags = GoFlags::parse(&view.value("GOFLAGS")).unwrap_or(GoFlags { words: Vec::new() });
        let mut project = Project::new(view, &flags);
        let own = module.found.as_ref();
        if work.found.is_some() {
            for member in &members.members {
                project.add(&member.module)?;
            }
        } else {
            project.add(own.ok_or_else(|| Missing::absent("this folder is in no module"))?)?;
        }
        let (top, go_line) = match &work.found {
            Some(file) => {
                let content = file.content.as_ref().map_err(Clone::clone)?;
                project.replace(&file.folder, &content.replaces);
                (file.folder.clone(), content.go.as_ref().map(|go| go.value.clone()))
            }
            None => (project.mains[0].0.folder.clone(), project.mains[0].1.go.as_ref().map(|go| go.value.clone())),
        };
        let is_workspace = work.found.is_some();
        let vendored = vendored(host, &top, go_line.as_deref(), &flags, is_workspace)?;
        // GOROOT may be a link.
        let std = host.canonical(&root.join("src")).unwrap_or_else(|_| root.join("src"));
        let tags = project.tags.clone();
        let supply = project.supply(vendored, is_workspace);
        let homes = Homes::new(std, project.modules(), supply);
        let within =
            |main: &&MainModule| is_workspace.then_some(own).flatten().is_none_or(|own| own.folder == main.folder);
        let roots = homes.mains.iter().filter(within);
        let roots =
            roots.flat_map(|main| roots::packages(host, &homes.folders, main, &homes.std)).map(Arc::new).collect();
        Ok(ProjectPackages { homes, roots, go: version.language(), tags })
    }
}

impl ProjectPackages {
    /// What uses cgo in a build of all packages of the project.
    #[must_use]
    pub fn cgo(&self, host: &dyn Host, target: &Target) -> CgoPackages {
        load(host, &self.homes, &self.roots, target, &self.tags(target))
    }

    /// The tags of a build for a target.
    pub(crate) fn tags(&self, target: &Target) -> Tags {
        Tags::new(target, self.go, &self.tags)
    }

    /// The same for the one package in this folder, built with these tags as
    /// well. None where the project has no package there.
    #[must_use]
    pub fn cgo_of(&self, host: &dyn Host, target: &Target, folder: &Path, tags: &[String]) -> Option<CgoPackages> {
        let root = self.roots.iter().find(|root| root.folder == folder)?;
        let tags = [&self.tags, tags].concat();
        let roots = std::slice::from_ref(root);
        Some(load(host, &self.homes, roots, target, &Tags::new(target, self.go, &tags)))
    }

    /// Where a package that was found lies.
    pub(super) fn home(&self, host: &dyn Host, package: &CgoPackage) -> Found {
        if let Some(root) = self.roots.iter().find(|root| root.package == package.package) {
            return Ok(Arc::clone(root));
        }
        let origin = match package.module.as_str() {
            "std" => Origin::in_goroot(&package.package),
            _ => Origin::Module,
        };
        self.homes.find(host, &package.package, origin)
    }
}

/// The main modules as they are gathered.
struct Project {
    mains: Vec<(MainModule, ModFile)>,
    sources: Sources,
    tags: Vec<String>,
}

impl Project {
    fn new(view: &View, flags: &GoFlags) -> Project {
        let mut tags: Vec<String> =
            flags.value("tags").unwrap_or_default().split([',', ' ']).map(str::to_owned).collect();
        // Those of the baseline are set by each Go itself; none has to do
        // with cgo.
        tags.extend(view.value("GOEXPERIMENT").split(',').map(|name| format!("goexperiment.{name}")));
        let sources = Sources { cache: view.value("GOMODCACHE").into(), ..Sources::default() };
        Project { mains: Vec::new(), sources, tags }
    }

    fn add(&mut self, file: &ModuleFile) -> Result<(), Missing> {
        let content = file.content.as_ref().map_err(Clone::clone)?;
        let path = content.module.as_ref().map(|module| module.value.clone());
        let path = path.ok_or_else(|| Missing::failed(format!("{} names no module", file.name)))?;
        let ignored = content.ignores.iter().map(|folder| file.folder.join(folder.trim_start_matches("./"))).collect();
        let main = MainModule { path, folder: file.folder.clone(), requires: Vec::new(), ignored };
        self.sources.excludes.extend(content.excludes.iter().cloned());
        self.replace(&file.folder, &content.replaces);
        self.mains.push((main, content.clone()));
        Ok(())
    }

    /// Adds replacements before those that are there.
    fn replace(&mut self, folder: &Path, replaces: &[Replace]) {
        let more = replaces.iter().map(|replace| (folder.to_owned(), replace.clone()));
        self.sources.replaces.splice(0..0, more);
    }

    fn supply(&mut self, vendored: Option<(PathBuf, HashSet<String>)>, is_workspace: bool) -> Supply {
        for (main, content) in &mut self.mains {
            let follow = match Pruning::of(content) {
                Pruning::Pruned => Follow::Near,
                Pruning::Whole => Follow::Far,
            };
            let requires = content.requires.iter().map(|require| (require.path.clone(), require.version.clone()));
            let kept = requires.filter(|(path, version)| !self.sources.is_excluded(path, version));
            main.requires = kept.map(|version| (version, follow)).collect();
        }
        if let Some((folder, modules)) = vendored {
            return Supply::Vendor(folder, modules);
        }
        let lists_all = !is_workspace && self.mains.iter().all(|(_, content)| Pruning::of(content) == Pruning::Pruned);
        let required = self.mains.iter().flat_map(|(main, _)| &main.requires).map(|(version, _)| version.clone());
        let listed = lists_all.then(|| Graph::direct(required));
        Supply::Modules(ModuleSupply::new(std::mem::take(&mut self.sources), listed))
    }

    fn modules(self) -> Vec<MainModule> {
        self.mains.into_iter().map(|(main, _)| main).collect()
    }
}

/// The vendor folder and its modules, where Go takes packages from it.
fn vendored(
    host: &dyn Host,
    top: &Path,
    go: Option<&str>,
    flags: &GoFlags,
    is_workspace: bool,
) -> Result<Option<(PathBuf, HashSet<String>)>, Missing> {
    let folder = top.join("vendor");
    let is_asked = match flags.value("mod") {
        Some("vendor") => true,
        Some("mod" | "readonly") => return Ok(None),
        _ => false,
    };
    let is_new = go.and_then(GoVersion::parse).is_some_and(|go| go.language() >= (1, 14));
    let is_used = is_asked || is_new && host.is_dir(&folder);
    if !is_used {
        return Ok(None);
    }
    let list = match host.read_text(&folder.join("modules.txt")) {
        Ok(text) => Vendored::parse(&text),
        Err(missing) if missing.is_absent() => Vendored::default(),
        Err(missing) => return Err(missing),
    };
    if !is_asked && list.workspace != is_workspace {
        return Ok(None);
    }
    Ok(Some((folder, list.modules.into_keys().map(|(path, _)| path).collect())))
}
