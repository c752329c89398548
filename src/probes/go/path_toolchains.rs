use std::path::{Path, PathBuf};

use super::installations::{is_root, root_version};
use super::policy::Toolchain;
use super::selections::{Choice, Selections};
use crate::collections::Handful;
use crate::host::Host;
use crate::model::{Context, GoVersion, Missing};
use crate::probes::{Fact, Probing};

/// What the toolchains are that Go hands over to by a command on PATH, such
/// as `go1.25.0`.
#[derive(Debug)]
pub struct PathToolchains {
    by_context: Handful<Context, PathToolchain>,
}

/// A command on PATH that is called as a toolchain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathToolchain {
    /// What is asked for.
    pub asked: Toolchain,
    /// The command.
    pub command: PathBuf,
    /// What it is.
    pub is: Provided,
}

/// What a command for a toolchain runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provided {
    /// What its name says, or something that only running it could tell.
    Fitting,
    /// Another version.
    Other(GoVersion),
    /// A command of golang.org/dl whose Go was never downloaded to this
    /// folder.
    NotDownloaded(PathBuf),
}

impl Fact for PathToolchains {
    const ID: &'static str = "path-toolchains";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let selections = probing.get::<Selections>()?;
        let by_context = Context::UNIX.into_iter().filter_map(|context| {
            let Choice::Switches { to, at } = &selections.get(context)?.choice else { return None };
            // What Go itself downloaded is a root, not a command.
            let is_command = at.file_name().is_some_and(|name| name == to.name.as_str());
            is_command.then(|| (context, PathToolchain::read(probing.host(), to, at)))
        });
        Ok(PathToolchains { by_context: by_context.collect() })
    }
}

impl PathToolchain {
    fn read(host: &dyn Host, asked: &Toolchain, command: &Path) -> PathToolchain {
        let is = Provided::read(host, asked, command);
        PathToolchain { asked: asked.clone(), command: command.to_owned(), is }
    }
}

impl Provided {
    fn read(host: &dyn Host, asked: &Toolchain, command: &Path) -> Provided {
        let real = host.canonical(command).unwrap_or_else(|_| command.to_owned());
        let root = real.parent().and_then(Path::parent).filter(|root| is_root(host, root));
        if let Some(root) = root {
            return Provided::of(root_version(host, root), asked);
        }
        // The commands of golang.org/dl run the Go in a folder of their name.
        let info = host.binary(&real).ok().and_then(|binary| binary.go);
        let name = info.as_ref().and_then(|info| info.path.strip_prefix("golang.org/dl/"));
        let (Some(name), Some(home)) = (name, &host.machine().user.home) else { return Provided::Fitting };
        let root = home.join("sdk").join(name);
        match host.stat(&root.join("bin/go")) {
            Ok(_) => Provided::of(root_version(host, &root), asked),
            Err(missing) if missing.is_absent() => Provided::NotDownloaded(root),
            Err(_) => Provided::Fitting,
        }
    }

    fn of(version: Option<GoVersion>, asked: &Toolchain) -> Provided {
        match version {
            Some(version) if version.bare() != asked.version.bare() => Provided::Other(version),
            _ => Provided::Fitting,
        }
    }
}

impl PathToolchains {
    /// The command that is called in a context; None when none is.
    #[must_use]
    pub fn get(&self, context: Context) -> Option<&PathToolchain> {
        self.by_context.get(&context)
    }
}
