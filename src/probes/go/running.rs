use std::path::{Path, PathBuf};

use super::installations::{is_root, root_version};
use super::selections::{Choice, Selections};
use super::toolchains::Toolchains;
use crate::collections::Handful;
use crate::host::Host;
use crate::model::{Context, GoVersion, Missing};
use crate::probes::{Fact, Probing};

/// The Go that does the work in the project's folder, context by context: the
/// one that is called, or the one that it hands over to.
#[derive(Debug)]
pub struct RunningGos {
    by_context: Handful<Context, Result<RunningGo, Missing>>,
}

/// A Go that does the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningGo {
    /// Its root.
    pub root: PathBuf,
    /// Its version.
    pub version: Option<GoVersion>,
}

impl Fact for RunningGos {
    const ID: &'static str = "running-go";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let toolchains = probing.get::<Toolchains>()?;
        let selections = probing.get::<Selections>();
        let by_context = toolchains.actives().map(|(context, go)| {
            let running = match selections.as_ref().map(|all| all.get(context).map(|selection| &selection.choice)) {
                Err(missing) => Err(missing.clone()),
                Ok(Some(Choice::Switches { to, at })) => other(host, at).map(|mut running| {
                    running.version.get_or_insert_with(|| to.version.clone());
                    running
                }),
                Ok(Some(Choice::Downloads { to, .. })) => {
                    Err(Missing::failed(format!("{} is not downloaded yet", to.name)))
                }
                // Where Go ends in an error about the toolchain, it is itself
                // that reads everything before.
                _ => match &go.root {
                    Some(root) => Ok(RunningGo { root: root.clone(), version: go.version.clone() }),
                    None => Err(Missing::failed(format!("the root of {} is not known", go.path.display()))),
                },
            };
            (context, running)
        });
        Ok(RunningGos { by_context: by_context.collect() })
    }
}

/// The Go at a place that was chosen: a root, or a command in one.
fn other(host: &dyn Host, at: &Path) -> Result<RunningGo, Missing> {
    let real = host.canonical(at).unwrap_or_else(|_| at.to_owned());
    [Some(real.as_path()), real.parent().and_then(Path::parent)]
        .into_iter()
        .flatten()
        .find(|root| is_root(host, root))
        .map(|root| RunningGo { root: root.to_owned(), version: root_version(host, root) })
        .ok_or_else(|| Missing::failed(format!("{} does not tell which Go it runs", at.display())))
}

impl RunningGos {
    /// The Go that does the work in a context.
    ///
    /// # Errors
    /// The reason why it is not known; absent where the context has no `go`.
    pub fn get(&self, context: Context) -> Result<&RunningGo, Missing> {
        match self.by_context.get(&context) {
            Some(running) => running.as_ref().map_err(Clone::clone),
            None => Err(Missing::absent(format!("there is no go in {}", context.title()))),
        }
    }

    /// True when no context has a `go`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_context.is_empty()
    }

    /// The roots, each once.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        let mut roots: Vec<PathBuf> = self.by_context.values().flatten().map(|go| go.root.clone()).collect();
        roots.sort();
        roots.dedup();
        roots
    }
}
