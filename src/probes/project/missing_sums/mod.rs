//! What go.sum lacks of what Go asks of it.
//!
//! Go checks a module's go.mod file when it reads the module graph, and the
//! module itself when it looks for a package in it. A module that supports
//! graph pruning (`go 1.17`) reads the graph only when it must, so that there
//! a sum is asked for by an import alone; an older one reads all of it first.

mod graph;
mod imports;
mod requirements;
mod sums;

use std::path::{Path, PathBuf};

pub use self::sums::SumKind;

use self::imports::Search;
use self::requirements::{Requirements, Source};
use self::sums::Sums;
use super::{GoMod, GoWork, ModuleFile, Vendor};
use crate::host::Host;
use crate::model::{GoVersion, Missing};
use crate::probes::go::{GoFlags, Settings, Toolchains, View};
use crate::probes::{Fact, Probing};

/// The entries that go.sum lacks.
#[derive(Debug)]
pub enum MissingSums {
    /// Go asks for no entries, for this reason.
    NotAsked(String),
    /// Go asks for entries.
    Asked(SumFile),
}

/// A go.sum and what it lacks.
#[derive(Debug)]
pub struct SumFile {
    /// The file, there or not.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// Whether it is there.
    pub exists: bool,
    /// The entries that are certainly missing.
    pub lacks: Vec<Lack>,
    /// A requirement without an entry of which it cannot be told whether a
    /// build needs it.
    pub untold: Option<String>,
}

/// An entry that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The path of the module whose sum it is; of a replacement, that one's.
    pub path: String,
    /// Its version.
    pub version: String,
    /// Of what.
    pub kind: SumKind,
    /// What `go mod download` has to be given to add it.
    pub argument: String,
    /// Who asks for it.
    pub asked: Asked,
    /// Where that stands: `~/shop/main.go:3`.
    pub place: String,
}

/// Who asks for a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A build of the package that imports this path.
    Build(String),
    /// A test that imports this path.
    Test(String),
    /// Every command that loads packages, for it reads the module graph: the
    /// line that requires the module.
    Graph(String),
    /// Commands that list modules, such as `go list -m all`: the line that
    /// requires the module.
    Listing(String),
}

/// The largest go.sum files have some MiB.
const SUM_LIMIT: u64 = 16 * 1024 * 1024;

impl Fact for MissingSums {
    const ID: &'static str = "missing-sums";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (module, work, vendor) = (probing.get::<GoMod>()?, probing.get::<GoWork>()?, probing.get::<Vendor>()?);
        let (settings, toolchains) = (probing.get::<Settings>()?, probing.get::<Toolchains>()?);
        let Some(file) = &module.found else { return Ok(not_asked("this folder is in no module")) };
        if work.found.is_some() {
            return Ok(not_asked("in a workspace Go adds the sums that are missing to go.work.sum by itself"));
        }
        let Some((context, go)) = toolchains.in_use() else { return Ok(not_asked("no go is on any PATH")) };
        let Some(view) = settings.view(context) else { return Ok(not_asked("no go is on any PATH")) };
        if go.version.as_ref().is_some_and(|version| version.language() < (1, 16)) {
            return Ok(not_asked("a Go before 1.16 adds the sums that are missing by itself"));
        }
        if let Some(why) = mode(view, &vendor) {
            return Ok(not_asked(why));
        }
        let content = file.content.as_ref().map_err(Clone::clone)?;
        if !content.faults.is_empty() {
            return Ok(not_asked("go.mod has lines that cannot be read"));
        }
        let cache = PathBuf::from(view.value("GOMODCACHE"));
        look(host, file, &Requirements::of(file, content, &cache))
    }
}

fn not_asked(why: impl Into<String>) -> MissingSums {
    MissingSums::NotAsked(why.into())
}

/// Why the settings keep Go from asking for entries of go.sum.
fn mode(view: &View, vendor: &Vendor) -> Option<&'static str> {
    if view.value("GO111MODULE") == "off" {
        return Some("GO111MODULE is off");
    }
    let flags = GoFlags::parse(&view.value("GOFLAGS")).unwrap_or(GoFlags { words: Vec::new() });
    if flags.value("modfile").is_some() {
        return Some("GOFLAGS names another file than go.mod");
    }
    match flags.value("mod") {
        Some("mod") => Some("GOFLAGS has -mod=mod, so Go adds the sums that are missing by itself"),
        Some("readonly") => None,
        Some(_) => Some("the vendor folder has a copy of every module"),
        None if vendor.found.is_some() => Some("the vendor folder has a copy of every module"),
        None => None,
    }
}

fn look(host: &dyn Host, module: &ModuleFile, requirements: &Requirements) -> Result<MissingSums, Missing> {
    let path = module.folder.join("go.sum");
    let text = match host.read(&path, SUM_LIMIT) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(missing) if missing.is_absent() => None,
        Err(missing) => return Err(missing),
    };
    let Some(sums) = Sums::parse(text.as_deref().unwrap_or_default()) else {
        return Ok(not_asked("go.sum has lines that cannot be read"));
    };
    let mut lacks = match requirements.pruned {
        true => Vec::new(),
        false => graph::lacks(host, requirements, &sums),
    };
    let mut search = Search::new(host, requirements, &sums);
    search.run(module);
    lacks.extend(search.found);
    let untold = search.untold;
    if requirements.pruned {
        lacks.extend(listed(requirements, &sums, &lacks));
    }
    let name = host.machine().tilde(&path);
    Ok(MissingSums::Asked(SumFile { path, name, exists: text.is_some(), lacks, untold }))
}

/// The go.mod files that commands which list modules ask for, beside those
/// that builds ask for.
fn listed(requirements: &Requirements, sums: &Sums, known: &[Lack]) -> Vec<Lack> {
    let is_known =
        |path: &str, version: &str| known.iter().any(|lack| (&*lack.path, &*lack.version) == (path, version));
    let lacking = requirements.all.iter().filter_map(|required| {
        let Source::Module { path, version } = &required.source else { return None };
        (!sums.has(path, version, SumKind::GoMod) && !is_known(path, version)).then(|| Lack {
            path: path.clone(),
            version: version.clone(),
            kind: SumKind::GoMod,
            argument: required.path.clone(),
            asked: Asked::Listing(required.line_text()),
            place: required.place.clone(),
        })
    });
    lacking.collect()
}

impl SumFile {
    /// True when some build ends for the want of an entry.
    #[must_use]
    pub fn stops_builds(&self) -> bool {
        self.lacks.iter().any(|lack| !matches!(lack.asked, Asked::Listing(_)))
    }
}

impl Lack {
    /// The beginning of the line that go.sum lacks.
    #[must_use]
    pub fn entry(&self) -> String {
        match self.kind {
            SumKind::Module => format!("{} {} h1:…", self.path, self.version),
            SumKind::GoMod => format!("{} {}/go.mod h1:…", self.path, self.version),
        }
    }
}

/// The version of a go line from which the module graph is pruned.
fn is_pruned(go: Option<&str>) -> bool {
    go.and_then(GoVersion::parse).is_some_and(|version| version.language() >= (1, 17))
}

/// Where the module cache has a module's files: `FOLDER/PATH@VERSION`.
fn unpacked(cache: &Path, path: &str, version: &str) -> PathBuf {
    use crate::probes::modules::escaped;
    cache.join(format!("{}@{}", escaped(path), escaped(version)))
}
