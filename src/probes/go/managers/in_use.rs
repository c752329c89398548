use std::path::{Path, PathBuf};

use super::{BrokenShim, Installed, Manager, Pick};
use crate::collections::Handful;
use crate::host::{Environment, Host};
use crate::model::{Context, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// The version managers that take part in each context, with what they run.
#[derive(Debug)]
pub struct VersionManagers {
    by_context: Handful<Context, Vec<InUse>>,
}

/// A version manager that takes part in a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUse {
    /// Which one.
    pub manager: Manager,
    /// How it comes to choose the Go.
    pub through: Through,
    /// What it chooses.
    pub pick: Pick,
    /// The folder with one Go per version.
    pub versions: PathBuf,
    /// What it has, the newest last.
    pub installed: Vec<Installed>,
    /// What is wrong with its shim, when that cannot even ask the manager.
    pub broken: Option<BrokenShim>,
}

/// How a version manager comes to choose the Go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Through {
    /// By its stand-in for `go`, on PATH.
    Shim(PathBuf),
    /// By a hook in the shell that puts its Go on PATH.
    Hook,
}

impl Fact for VersionManagers {
    const ID: &'static str = "version-managers";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let contexts = probing.get::<Contexts>()?;
        let by_context = contexts.known().map(|(context, environment)| (context, in_use(probing.host(), environment)));
        Ok(VersionManagers { by_context: by_context.collect() })
    }
}

fn in_use(host: &dyn Host, environment: &Environment) -> Vec<InUse> {
    let shims = environment.path_entries().into_iter().map(|entry| Path::new(entry.trim_end_matches('/')));
    let by_shims = shims.filter_map(|folder| {
        // asdf and mise may be there for other languages.
        let shim = folder.join("go");
        let manager = Manager::of_shims(folder, environment)?;
        host.is_executable(&shim).then_some((manager, Through::Shim(shim)))
    });
    let hooks = [Manager::mise_hook(environment, host.machine()), Manager::gvm(environment)];
    let by_hooks = hooks.into_iter().flatten().map(|manager| (manager, Through::Hook));
    let mut found: Vec<InUse> = Vec::new();
    // A hook says more than the shims that it puts there too.
    for (manager, through) in by_hooks.chain(by_shims) {
        if !found.iter().any(|known| known.manager == manager) {
            let pick = Pick::of(host, &manager, environment);
            let (versions, installed) = (manager.versions(host), manager.installed(host));
            let broken = match &through {
                Through::Shim(shim) => BrokenShim::read(host, &manager, shim, environment),
                Through::Hook => None,
            };
            found.push(InUse { manager, through, pick, versions, installed, broken });
        }
    }
    found
}

impl InUse {
    /// What asdf calls Go: its user may have named the plugin otherwise.
    #[must_use]
    pub fn plugin(&self) -> &str {
        self.versions.file_name().and_then(|name| name.to_str()).unwrap_or("golang")
    }
}

impl VersionManagers {
    /// The managers of a context.
    #[must_use]
    pub fn of(&self, context: Context) -> &[InUse] {
        self.by_context.get(&context).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every manager with its context.
    pub fn all(&self) -> impl Iterator<Item = (Context, &InUse)> {
        Context::UNIX.into_iter().flat_map(|context| self.of(context).iter().map(move |in_use| (context, in_use)))
    }

    /// True when no context has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_context.values().all(Vec::is_empty)
    }
}
