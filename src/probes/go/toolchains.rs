use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::installations::{Origin, is_root, root_version};
use super::managers;
use crate::host::{BuildInfo, Environment, Host};
use crate::model::{Context, GoVersion, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing, lookup, lookup_all};

/// The `go` commands that each context's PATH has, in order.
#[derive(Debug)]
pub struct Toolchains {
    commands: BTreeMap<Context, Vec<Arc<GoCommand>>>,
}

/// A `go` command on a PATH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoCommand {
    /// The path as PATH gives it.
    pub path: PathBuf,
    /// The same with links followed.
    pub real: PathBuf,
    /// The root it belongs to, which is Go's own default for GOROOT.
    pub root: Option<PathBuf>,
    /// Its version, from its build info, or else from its root's VERSION.
    pub version: Option<GoVersion>,
    /// Who put it there.
    pub origin: Origin,
    /// True when it is a version manager's shim; root and version are then
    /// those of the Go that the shim runs in this folder.
    pub shim: bool,
}

impl Fact for Toolchains {
    const ID: &'static str = "go-commands";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let mut known: BTreeMap<PathBuf, Arc<GoCommand>> = BTreeMap::new();
        let commands = contexts
            .known()
            .map(|(context, environment)| {
                let mut found: Vec<Arc<GoCommand>> = Vec::new();
                for path in lookup_all(host, "go", environment) {
                    let command = Arc::clone(
                        known.entry(path.clone()).or_insert_with(|| Arc::new(GoCommand::read(host, path, environment))),
                    );
                    // /bin and /usr/bin are one folder on merged systems.
                    if !found.iter().any(|other| other.real == command.real) {
                        found.push(command);
                    }
                }
                (context, found)
            })
            .collect();
        Ok(Toolchains { commands })
    }
}

impl GoCommand {
    /// The `go` that runs in an environment.
    pub(super) fn first(host: &dyn Host, environment: &Environment) -> Option<GoCommand> {
        lookup(host, "go", environment).map(|path| GoCommand::read(host, path, environment))
    }

    fn read(host: &dyn Host, path: PathBuf, environment: &Environment) -> GoCommand {
        let real = snapped(host, &path).unwrap_or_else(|| path.clone());
        if let Some((origin, root)) = managers::resolve(host, &path, environment) {
            let version = root.as_deref().and_then(|root| root_version(host, root));
            return GoCommand { path, real, root, version, origin, shim: true };
        }
        let parent = real.parent().and_then(|bin| bin.parent()).map(PathBuf::from);
        let root = parent.filter(|root| is_root(host, root)).or_else(|| debian_root(host, &real));
        // A proxy that starts the real one may well be built by Go itself.
        let is_go = |info: &BuildInfo| matches!(info.path.as_str(), "" | "cmd/go");
        let stamped = || GoVersion::parse(&host.binary(&real).ok()?.go.filter(is_go)?.go_version);
        let version = stamped().or_else(|| root_version(host, root.as_deref()?));
        let origin = Origin::of(root.as_deref().unwrap_or(&real));
        GoCommand { path, real, root, version, origin, shim: false }
    }

    /// `go1.26.6`, or `go` when the version is not known.
    #[must_use]
    pub fn version_title(&self) -> String {
        self.version.as_ref().map_or_else(|| "go of unknown version".to_owned(), ToString::to_string)
    }
}

/// The command with links followed. Those of snap lead to snap itself, which
/// starts the command of that name.
fn snapped(host: &dyn Host, path: &Path) -> Option<PathBuf> {
    let real = host.canonical(path).ok()?;
    if path.starts_with("/snap/bin") && real.ends_with("bin/snap") {
        return host.canonical(Path::new("/snap/go/current/bin/go")).ok();
    }
    Some(real)
}

/// Debian splits a root over /usr/lib/go-1.N and /usr/share/go-1.N; the
/// former's `src` is a link.
fn debian_root(host: &dyn Host, real: &Path) -> Option<PathBuf> {
    let root = real.parent()?.parent()?;
    (host.is_dir(&root.join("src")) && root.starts_with("/usr/lib")).then(|| root.to_owned())
}

impl Toolchains {
    /// The `go` commands on a context's PATH, in order; none when the context
    /// is not known.
    #[must_use]
    pub fn on_path(&self, context: Context) -> &[Arc<GoCommand>] {
        self.commands.get(&context).map(Vec::as_slice).unwrap_or_default()
    }

    /// The `go` that runs in a context.
    #[must_use]
    pub fn active(&self, context: Context) -> Option<&GoCommand> {
        self.on_path(context).first().map(Arc::as_ref)
    }

    /// The Go in use: this session's, or else that of a new terminal, a login
    /// shell, the editor.
    #[must_use]
    pub fn in_use(&self) -> Option<(Context, &GoCommand)> {
        Context::UNIX.into_iter().find_map(|context| self.active(context).map(|command| (context, command)))
    }

    /// The contexts that have a `go`, with it.
    pub fn actives(&self) -> impl Iterator<Item = (Context, &GoCommand)> {
        Context::UNIX.into_iter().filter_map(|context| self.active(context).map(|command| (context, command)))
    }
}
