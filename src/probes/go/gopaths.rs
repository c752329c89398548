use std::path::PathBuf;

use super::settings::Settings;
use super::toolchains::Toolchains;
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// How the folders of GOPATH lie to the root of the Go that runs.
#[derive(Debug)]
pub struct Gopaths {
    /// Folders that lie in the way of GOROOT, with the contexts that see it.
    pub overlaps: Vec<Overlap>,
}

/// A folder of GOPATH that is, holds or lies in GOROOT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The folder, as GOPATH names it.
    pub gopath: PathBuf,
    /// The root of the Go that runs.
    pub goroot: PathBuf,
    /// How the two lie to each other.
    pub kind: OverlapKind,
    /// The contexts that see it.
    pub contexts: Vec<Context>,
}

/// How GOPATH and GOROOT lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlapKind {
    /// They are one folder.
    Same,
    /// GOPATH lies inside of GOROOT.
    Inside,
    /// GOROOT lies in GOPATH's folder of sources.
    AmongSources,
}

impl Fact for Gopaths {
    const ID: &'static str = "gopath-folders";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let toolchains = probing.get::<Toolchains>()?;
        let real = |path: &PathBuf| host.canonical(path).unwrap_or_else(|_| path.clone());
        let mut overlaps: Vec<Overlap> = Vec::new();
        for (context, view) in settings.views() {
            let Some(goroot) = toolchains.active(context).and_then(|go| go.root.clone()) else { continue };
            let root = real(&goroot);
            for gopath in view.gopath().into_iter().filter(|path| path.is_absolute()) {
                let folder = real(&gopath);
                let kind = if folder == root {
                    OverlapKind::Same
                } else if folder.starts_with(&root) {
                    OverlapKind::Inside
                } else if root.starts_with(folder.join("src")) {
                    OverlapKind::AmongSources
                } else {
                    continue;
                };
                match overlaps.iter_mut().find(|known| known.gopath == gopath && known.goroot == goroot) {
                    Some(known) => known.contexts.push(context),
                    None => overlaps.push(Overlap { gopath, goroot: goroot.clone(), kind, contexts: vec![context] }),
                }
            }
        }
        Ok(Gopaths { overlaps })
    }
}
