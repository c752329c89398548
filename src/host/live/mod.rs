//! This machine.
//!
//! [`Live`] answers [`Host`] from the running system. What only one system
//! knows how to do stands in [`os`], so that the rest is the same everywhere.

mod binary;
mod command;
mod context;
mod decode;
mod driver;
mod environ;
mod files;
mod machine;
mod network;
mod options;
mod os;
mod os_release;
mod patience;
mod process;
mod shell;
mod user;
mod windows;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;

pub use options::{LiveError, LiveOptions, Network, WindowsHost};
pub use os::{make_do, supervise};
pub use windows::WINDOWS_PATIENCE;

#[cfg(any(test, fuzzing))]
pub(crate) use self::binary::fuzzing as binaries;

use self::command::Runner;
use self::files::Files;
use self::shell::Shells;
use super::{
    Access, Answer, Binary, DirEntry, Endpoint, Environment, Filesystem, Host, Machine, NameAnswer, NetFailure, Output,
    Program, Request, StartTrace, Stat, TimeAnswer, WindowsAnswer,
};
use crate::model::{Context, Missing, Timing};

/// The running system.
///
/// Making one is cheap: nothing is started or asked before the first read
/// that needs it. What is asked of shells and editors is kept, so a machine
/// that was changed is looked at anew with a new `Live`. Its reads wait, and
/// are for plain threads, not for async code.
pub struct Live {
    machine: Machine,
    session: Arc<Environment>,
    runner: Runner,
    shells: OnceLock<Shells>,
    editor: OnceLock<Result<Arc<Environment>, Missing>>,
    script_shell: OnceLock<Result<Arc<Environment>, Missing>>,
    windows: WindowsHost,
    net: network::Net,
    watch: Vec<String>,
    start_trace: OnceLock<Result<Arc<StartTrace>, Missing>>,
}

impl Live {
    /// This machine, looked at from a folder.
    ///
    /// # Errors
    /// When the folder cannot be one.
    pub fn new(options: LiveOptions) -> Result<Self, LiveError> {
        let no_folder = |error| LiveError::NoFolder(Missing::from_io(options.folder.display(), &error));
        let folder = options.folder.canonicalize().map_err(no_folder)?;
        if !folder.is_dir() {
            return Err(LiveError::NotAFolder(folder));
        }
        let session = options.session.unwrap_or_else(environ::of_this_process);
        let user = options.user.unwrap_or_else(|| user::current(&session));
        let machine = machine::detect(user, folder, &session);
        Ok(Live {
            machine,
            session: Arc::new(session),
            runner: Runner::new(options.deadline, options.supervisor),
            shells: OnceLock::new(),
            editor: OnceLock::new(),
            script_shell: OnceLock::new(),
            windows: options.windows,
            net: network::Net::new(options.network, options.deadline),
            watch: options.watch,
            start_trace: OnceLock::new(),
        })
    }

    fn files(&self) -> Files<'_> {
        Files::new(&self.machine)
    }

    fn shells(&self) -> &Shells {
        self.shells.get_or_init(|| shell::ask(&self.machine, &self.session, &self.runner))
    }
}

impl Host for Live {
    fn machine(&self) -> &Machine {
        &self.machine
    }

    fn environment(&self, context: Context) -> Result<Arc<Environment>, Missing> {
        match context {
            Context::Session => Ok(Arc::clone(&self.session)),
            Context::Login => self.shells().login.clone(),
            Context::Interactive => self.shells().interactive.clone(),
            Context::NonInteractive => {
                let ask = || shell::ask_script(&self.machine, &self.session, &self.runner);
                self.script_shell.get_or_init(ask).clone()
            }
            Context::Editor => {
                self.editor.get_or_init(|| os::editor_environment(self.machine.user.uid).map(Arc::new)).clone()
            }
            Context::Windows => Err(Missing::absent("there is no Windows side that could be read")),
        }
    }

    fn start_trace(&self) -> Result<Arc<StartTrace>, Missing> {
        let trace = || shell::trace::trace(&self.machine, &self.session, &self.runner, &self.watch).map(Arc::new);
        self.start_trace.get_or_init(trace).clone()
    }

    fn stat(&self, path: &Path) -> Result<Stat, Missing> {
        self.files().stat(path)
    }

    fn link_stat(&self, path: &Path) -> Result<Stat, Missing> {
        self.files().link_stat(path)
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, Missing> {
        self.files().read_link(path)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, Missing> {
        self.files().canonical(path)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Missing> {
        self.files().read(path, limit)
    }

    fn read_start(&self, path: &Path, length: usize) -> Result<Vec<u8>, Missing> {
        self.files().read_start(path, length)
    }

    fn read_end(&self, path: &Path, length: u64) -> Result<Vec<u8>, Missing> {
        self.files().read_end(path, length)
    }

    fn read_dir(&self, path: &Path) -> Result<Vec<DirEntry>, Missing> {
        self.files().read_dir(path)
    }

    fn access(&self, path: &Path, access: Access) -> Result<bool, Missing> {
        self.files().access(path, access)
    }

    fn filesystem(&self, path: &Path) -> Result<Filesystem, Missing> {
        self.files().filesystem(path)
    }

    fn lookup_time(&self, paths: &[PathBuf]) -> Result<Duration, Missing> {
        self.files().lookup_time(paths)
    }

    fn binary(&self, path: &Path) -> Result<Binary, Missing> {
        binary::read(&self.files(), path, self.machine.goarch())
    }

    fn capabilities(&self, path: &Path) -> Result<Vec<String>, Missing> {
        self.files().capabilities(path)
    }

    fn run(&self, program: &Program) -> Result<Output, Missing> {
        self.runner.run(program)
    }

    fn ask_windows(&self, question: &Program) -> Result<WindowsAnswer, Missing> {
        windows::ask(self.windows, &self.runner, question)
    }

    fn connect(&self, endpoint: &Endpoint) -> Result<(), NetFailure> {
        self.net.connect(&self.runner, endpoint)
    }

    fn fetch(&self, request: &Request) -> Result<Answer, NetFailure> {
        self.net.fetch(&self.runner, request)
    }

    fn ask_time(&self, server: &Endpoint) -> Result<TimeAnswer, NetFailure> {
        self.net.ask_time(&self.runner, server)
    }

    fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, NetFailure> {
        self.net.addresses(&self.runner, name)
    }

    fn ask_name(&self, server: &Endpoint, name: &str) -> Result<NameAnswer, NetFailure> {
        self.net.ask_name(server, name)
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn programs_run(&self) -> Vec<Timing> {
        self.runner.timings()
    }
}
