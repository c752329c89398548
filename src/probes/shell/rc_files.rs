use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::lines::Lines;
use super::sources::{self, sources};
use super::values::Values;
use super::{Form, ShellKind};
use crate::host::{Environment, Host, Machine, StartTrace};
use crate::model::{Context, Missing, Reason};
use crate::probes::{Fact, Probing};

/// The files that the user's shell reads when it starts, and what they do: as
/// they stand, and as a traced start of the shell tells.
#[derive(Debug, Clone)]
pub struct RcFiles {
    /// The files that exist, sourced ones behind the file that sources them.
    pub files: Arc<Vec<RcFile>>,
    /// What they do, in the order in which a shell comes to it.
    pub(super) lines: Arc<Lines>,
    /// What a shell was seen doing.
    pub(super) trace: Result<Arc<StartTrace>, Missing>,
    shell: ShellKind,
    machine: Machine,
    /// Files that this shell would read by itself, were they there.
    pub(super) homes: Homes,
}

/// One file that the shell reads.
#[derive(Debug)]
pub struct RcFile {
    /// Where it lies.
    pub path: PathBuf,
    /// The path for people.
    pub name: String,
    /// The fresh shells that read it.
    pub contexts: Vec<Context>,
    /// Its text; bytes that are not UTF-8 are replaced.
    pub text: Result<String, Missing>,
    /// True when a fix may edit it: this user owns it, and it is not a part of
    /// the system.
    pub own: bool,
    /// How it is written.
    pub form: Form,
}

/// The user's own start files by what reads them, whether or not they exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Homes {
    /// The file that a login shell reads.
    pub(super) login: Option<PathBuf>,
    /// The file that every new terminal reads.
    pub(super) terminal: Option<PathBuf>,
    /// The file that every shell of this kind reads, where there is one.
    pub(super) every: Option<PathBuf>,
}

impl Fact for RcFiles {
    const ID: &'static str = "rc-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        // The files are read while the shell runs.
        let (files, trace) = std::thread::scope(|scope| {
            let files = scope.spawn(|| probing.get::<StartFiles>());
            let trace = probing.get::<ShellTrace>();
            let failed = |_| Err(Missing::failed("reading the start files failed inside"));
            (files.join().unwrap_or_else(failed), trace)
        });
        let StartFiles(files) = &*files?;
        Ok(RcFiles { trace: trace.map(|trace| Arc::clone(&trace.0)), ..files.clone() })
    }
}

/// The start files as they stand, for whoever cannot wait for a shell.
#[derive(Debug)]
pub(super) struct StartFiles(pub(super) RcFiles);

impl Fact for StartFiles {
    const ID: &'static str = "start-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let session = host.environment(Context::Session).ok();
        Ok(StartFiles(RcFiles::read(host, session.as_deref())))
    }
}

/// A traced start of the user's shell.
#[derive(Debug)]
struct ShellTrace(Arc<StartTrace>);

impl Fact for ShellTrace {
    const ID: &'static str = "shell-trace";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        probing.host().start_trace().map(ShellTrace)
    }
}

impl RcFiles {
    fn read(host: &dyn Host, session: Option<&Environment>) -> RcFiles {
        let set_by = |path: &Path, name: &str| Values::set_in(host, path, name);
        let found = sources(host, session, &set_by);
        let shell = ShellKind::of_user(host.machine());
        let homes = homes(host, shell, &found, session);
        let (files, lines) = super::reading::read(host, &found);
        let trace = Err(Missing::new(Reason::NotAsked, "no shell was traced"));
        let machine = host.machine().clone();
        RcFiles { files: Arc::new(files), lines: Arc::new(lines), trace, shell, machine, homes }
    }

    /// What these files would do by themselves.
    pub(super) fn of_sources(host: &dyn Host, sources: &[sources::Source]) -> RcFiles {
        let (files, lines) = super::reading::read(host, sources);
        let machine = host.machine().clone();
        RcFiles {
            files: Arc::new(files),
            lines: Arc::new(lines),
            trace: Err(Missing::new(Reason::NotAsked, "no shell reads them")),
            shell: ShellKind::of_user(&machine),
            machine,
            homes: Homes::default(),
        }
    }

    /// The file at this path, when the shell reads it and it is there.
    #[must_use]
    pub fn file(&self, path: &Path) -> Option<&RcFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The machine, for naming paths.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The family of the user's shell.
    #[must_use]
    pub fn shell(&self) -> ShellKind {
        self.shell
    }
}

/// The user's own start files of this shell.
fn homes(host: &dyn Host, shell: ShellKind, found: &[sources::Source], session: Option<&Environment>) -> Homes {
    let ends = |name: &str| {
        let own = found.iter().filter(|source| source.path.file_name().is_some_and(|known| known == name));
        own.map(|source| source.path.clone()).next()
    };
    let home = |name: &str| host.machine().user.home.as_ref().map(|home| home.join(name));
    match shell {
        ShellKind::Bash => Homes { login: sources::bash_login_file(host), terminal: home(".bashrc"), every: None },
        ShellKind::Zsh => Homes { login: ends(".zprofile"), terminal: ends(".zshrc"), every: ends(".zshenv") },
        ShellKind::Fish => {
            let folder = sources::fish_folder(host, session);
            Homes {
                login: None,
                terminal: folder.as_ref().map(|folder| folder.join("config.fish")),
                every: folder.map(|folder| folder.join("conf.d/go.fish")),
            }
        }
        ShellKind::Posix => Homes { login: home(".profile"), terminal: None, every: None },
    }
}
