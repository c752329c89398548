use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::installations::{Origin, is_root, root_version};
use super::managers::Shim;
use crate::collections::Handful;
use crate::host::{BuildInfo, Environment, Host};
use crate::model::{Context, GoVersion, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing, lookup, lookup_all};

/// The `go` commands that each context's PATH has, in order.
#[derive(Debug)]
pub struct Toolchains {
    commands: Handful<Context, Vec<Arc<GoCommand>>>,
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
    /// Which GOROOT it works with.
    pub goroot: GorootUse,
}

/// Which GOROOT a `go` command works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GorootUse {
    /// The environment's, where that has one.
    Given,
    /// The one that its version manager sets when it starts Go.
    Own,
}

impl Fact for Toolchains {
    const ID: &'static str = "go-commands";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let mut known: Handful<PathBuf, Arc<GoCommand>> = Handful::default();
        let commands = contexts
            .known()
            .map(|(context, environment)| {
                let mut found: Vec<Arc<GoCommand>> = Vec::new();
                for path in lookup_all(host, "go", environment) {
                    // What a shim runs depends on the environment.
                    let command = match known.get(&path).filter(|known| !known.shim) {
                        Some(known) => Arc::clone(known),
                        None => Arc::new(GoCommand::at(host, &path, environment)),
                    };
                    known.insert(path, Arc::clone(&command));
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

    /// What the command at this path is, in an environment whose PATH leads to
    /// it.
    pub(crate) fn at(host: &dyn Host, path: &Path, environment: &Environment) -> GoCommand {
        GoCommand::read(host, path.to_owned(), environment)
    }

    fn read(host: &dyn Host, path: PathBuf, environment: &Environment) -> GoCommand {
        let real = snapped(host, &path).unwrap_or_else(|| path.clone());
        if let Some(shim) = Shim::at(host, &path, environment) {
            return GoCommand::of_shim(host, path, real, &shim, environment);
        }
        let parent = real.parent().and_then(|bin| bin.parent()).map(PathBuf::from);
        let root = parent.filter(|root| is_root(host, root)).or_else(|| debian_root(host, &real));
        // A proxy that starts the real one may well be built by Go itself.
        let is_go = |info: &BuildInfo| matches!(info.path.as_str(), "" | "cmd/go");
        let stamped = || GoVersion::parse(&host.binary(&real).ok()?.go.filter(is_go)?.go_version);
        let version = stamped().or_else(|| root_version(host, root.as_deref()?));
        let origin = Origin::of(root.as_deref().unwrap_or(&real));
        GoCommand { path, real, root, version, origin, shim: false, goroot: GorootUse::Given }
    }

    fn of_shim(host: &dyn Host, path: PathBuf, real: PathBuf, shim: &Shim, environment: &Environment) -> GoCommand {
        let (root, version) = match shim.pick.installed() {
            Some(installed) => (Some(installed.root.clone()), installed.version.clone()),
            None if shim.steps_aside() => {
                GoCommand::without_shims(host, environment).map_or((None, None), |other| (other.root, other.version))
            }
            None => (None, None),
        };
        let goroot = if shim.sets_goroot(environment) { GorootUse::Own } else { GorootUse::Given };
        GoCommand { path, real, root, version, origin: shim.manager.origin, shim: true, goroot }
    }

    /// The first `go` on PATH that is no shim.
    fn without_shims(host: &dyn Host, environment: &Environment) -> Option<GoCommand> {
        let others = lookup_all(host, "go", environment).into_iter();
        let mut others = others.filter(|path| Shim::at(host, path, environment).is_none());
        others.next().map(|path| GoCommand::read(host, path, environment))
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
