use std::path::{Path, PathBuf};

use super::settings::{Setting, SettingOrigin, Settings, View};
use crate::collections::Handful;
use crate::host::Host;
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// How GOPATH lies to the root of the Go in use, context by context.
#[derive(Debug)]
pub struct Gopaths {
    by_context: Handful<Context, Gopath>,
}

/// A GOPATH folder that overlaps with the root of Go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gopath {
    /// The folder, as GOPATH has it.
    pub folder: PathBuf,
    /// The setting that has it.
    pub setting: Setting,
    /// The root.
    pub root: PathBuf,
    /// How they overlap.
    pub overlap: Overlap,
    /// True when GOPATH's default, `~/go`, would not overlap.
    pub default_is_free: bool,
    /// The GOENV file.
    pub env_file: Option<PathBuf>,
}

/// How a folder and a root overlap. A root inside of GOPATH is usual: Go
/// downloads toolchains into the module cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Overlap {
    /// They are one folder.
    Same,
    /// The folder lies inside the root.
    InsideRoot,
}

impl Fact for Gopaths {
    const ID: &'static str = "gopath-folders";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let overlapping = |view: &View| view.gopath().iter().find_map(|folder| Gopath::read(host, view, folder));
        let by_context = settings.views().filter_map(|(context, view)| Some((context, overlapping(view)?))).collect();
        Ok(Gopaths { by_context })
    }
}

impl Gopath {
    fn read(host: &dyn Host, view: &View, folder: &Path) -> Option<Gopath> {
        let root = PathBuf::from(view.value("GOROOT"));
        let overlap = overlap(host, folder, &root)?;
        let default = host.machine().user.home.as_ref().map(|home| home.join("go"));
        let default_is_free = default.is_some_and(|default| self::overlap(host, &default, &root).is_none());
        let setting = view
            .get("GOPATH")
            .unwrap_or_else(|| Setting { value: view.value("GOPATH"), origin: SettingOrigin::Default });
        let env_file = view.file.path.clone();
        Some(Gopath { folder: folder.to_owned(), setting, root, overlap, default_is_free, env_file })
    }
}

/// None when the root is no Go: goroot-dangling speaks of it.
fn overlap(host: &dyn Host, folder: &Path, root: &Path) -> Option<Overlap> {
    if root.as_os_str().is_empty() || !host.is_dir(&root.join("src/runtime")) {
        return None;
    }
    let real = |path: &Path| host.canonical(path).unwrap_or_else(|_| path.to_owned());
    let (folder, root) = (real(folder), real(root));
    match folder.strip_prefix(&root) {
        Ok(rest) if rest.as_os_str().is_empty() => Some(Overlap::Same),
        Ok(_) => Some(Overlap::InsideRoot),
        Err(_) => None,
    }
}

impl Gopaths {
    /// The overlaps, each with the contexts that see it, in the order in
    /// which contexts are shown.
    #[must_use]
    pub fn overlaps(&self) -> Vec<(&Gopath, Vec<Context>)> {
        let mut groups: Vec<(&Gopath, Vec<Context>)> = Vec::new();
        for (context, gopath) in
            Context::UNIX.into_iter().filter_map(|context| Some((context, self.by_context.get(&context)?)))
        {
            match groups.iter_mut().find(|(known, _)| *known == gopath) {
                Some((_, contexts)) => contexts.push(context),
                None => groups.push((gopath, vec![context])),
            }
        }
        groups
    }
}
