//! The machine as gomedic reads it. Probes read it through [`Host`] and
//! nothing else in the crate reads it at all.
//!
//! [`live::Live`] is this machine; [`recorded::Recorded`] is a machine file.
//! The platform is a value ([`Machine`]), so that rules for other systems run
//! anywhere.

mod budget;
mod certificate;
mod environment;
mod file;
pub mod live;
mod machine;
mod mountinfo;
mod network;
mod program;
pub mod recorded;
mod start_trace;
mod windows;
mod witness;
mod wsl;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub(crate) use budget::Budget;
pub use certificate::{CERTIFICATE_FILES, CERTIFICATE_FOLDERS, Certificate, CertificateFault, Rejection, Trust};
pub use environment::Environment;
pub use file::{Access, DirEntry, FileKind, Filesystem, Stat};
pub use machine::{Machine, User};
pub(crate) use mountinfo::MountLine;
pub use network::{Answer, Endpoint, NameAnswer, NetCause, NetFailure, Request, Stage, TimeAnswer};
pub use program::{Output, Program};
pub use start_trace::{StartChange, StartOrigin, StartTrace};
pub use windows::{WindowsAnswer, WindowsEnd};
pub(crate) use witness::{Witness, witness};
pub use wsl::{Wsl, WslClass};

pub use crate::model::{Binary, BuildInfo, Format};
use crate::model::{Context, Missing, Timing};

/// How much of a text file is read. A larger one is [`Missing`] with the
/// reason that it is too large: no rc file or go.mod comes near.
pub const TEXT_LIMIT: u64 = 4 * 1024 * 1024;

/// How many entries of a folder are listed.
pub const DIR_LIMIT: usize = 20_000;

/// The few reads that everything known of a machine comes from.
///
/// Every method returns in bounded time, takes bounded memory, and gives a
/// reason instead of a value when there is none. Methods are called from
/// several threads at once.
pub trait Host: Send + Sync {
    /// What is known without asking: platform, user, home, folder.
    fn machine(&self) -> &Machine;

    /// The environment as `context` sees it. For a shell context, the user's
    /// shell is started once and asked; the result is kept.
    fn environment(&self, context: Context) -> Result<Arc<Environment>, Missing>;

    /// What the user's shell does to the variables that checks speak of when
    /// it starts, command by command. The shell is started once more for it,
    /// with its own tracing on; the result is kept.
    fn start_trace(&self) -> Result<Arc<StartTrace>, Missing>;

    /// Metadata of a path; links are followed.
    fn stat(&self, path: &Path) -> Result<Stat, Missing>;

    /// Metadata of a path; a link is itself.
    fn link_stat(&self, path: &Path) -> Result<Stat, Missing>;

    /// Where a link points, as it stands in the link.
    fn read_link(&self, path: &Path) -> Result<PathBuf, Missing>;

    /// The path with every link followed.
    fn canonical(&self, path: &Path) -> Result<PathBuf, Missing>;

    /// The content of a regular file of at most `limit` bytes. A FIFO,
    /// device, socket or folder is [`Missing`], not waited for.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Missing>;

    /// The first `length` bytes of a regular file, or all of a shorter one. For
    /// files that a listing has called regular: what stands there now is seen
    /// once it is open.
    fn read_start(&self, path: &Path, length: usize) -> Result<Vec<u8>, Missing> {
        let mut content = self.read(path, u64::MAX)?;
        content.truncate(length);
        Ok(content)
    }

    /// The last `length` bytes of a regular file, or all of a shorter one.
    fn read_end(&self, path: &Path, length: u64) -> Result<Vec<u8>, Missing>;

    /// The entries of a folder, in the order of their names.
    fn read_dir(&self, path: &Path) -> Result<Vec<DirEntry>, Missing>;

    /// Whether this user may do this to that path. Changes nothing.
    fn access(&self, path: &Path, access: Access) -> Result<bool, Missing>;

    /// The file system that a path lies on; the path's nearest existing
    /// ancestor counts when it does not exist.
    fn filesystem(&self, path: &Path) -> Result<Filesystem, Missing>;

    /// How long it takes to look up these paths, one after the other. Those
    /// that do not exist count as well.
    fn lookup_time(&self, paths: &[PathBuf]) -> Result<Duration, Missing>;

    /// What a binary is, from its headers and Go's build info. Nothing is run.
    fn binary(&self, path: &Path) -> Result<Binary, Missing>;

    /// The names of file capabilities that a binary has, such as
    /// `cap_sys_ptrace`.
    fn capabilities(&self, path: &Path) -> Result<Vec<String>, Missing>;

    /// Runs a program to its end or to its deadline.
    fn run(&self, program: &Program) -> Result<Output, Missing>;

    /// Puts the one question to the Windows host around this machine: a
    /// program of Windows, started as `question` says. What it said before
    /// its deadline is kept.
    fn ask_windows(&self, question: &Program) -> Result<WindowsAnswer, Missing>;

    /// Opens and closes a TCP connection.
    fn connect(&self, endpoint: &Endpoint) -> Result<(), NetFailure>;

    /// Sends one HTTP request.
    fn fetch(&self, request: &Request) -> Result<Answer, NetFailure>;

    /// Asks an NTP server for the time.
    fn ask_time(&self, server: &Endpoint) -> Result<TimeAnswer, NetFailure>;

    /// The addresses of a name in the order in which the system tries them,
    /// as the system finds them: hosts file, DNS, whatever it is set up for.
    fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, NetFailure>;

    /// Asks one name server for a name, without the system's own lookup.
    fn ask_name(&self, server: &Endpoint, name: &str) -> Result<NameAnswer, NetFailure>;

    /// The wall clock.
    fn now(&self) -> jiff::Timestamp;

    /// The programs that were run so far with their times, for `--timings`.
    fn programs_run(&self) -> Vec<Timing> {
        Vec::new()
    }

    /// Text of a regular file of ordinary size; bytes that are not UTF-8 are
    /// replaced.
    fn read_text(&self, path: &Path) -> Result<String, Missing> {
        self.read(path, TEXT_LIMIT).map(|bytes| match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        })
    }

    /// True when the path exists; links are followed.
    fn exists(&self, path: &Path) -> bool {
        self.stat(path).is_ok()
    }

    /// True when the path is a folder; links are followed.
    fn is_dir(&self, path: &Path) -> bool {
        self.stat(path).is_ok_and(|stat| stat.kind == FileKind::Folder)
    }

    /// True when the path is a regular file; links are followed.
    fn is_file(&self, path: &Path) -> bool {
        self.stat(path).is_ok_and(|stat| stat.kind == FileKind::File)
    }

    /// True when the path is a regular file that this user may execute.
    fn is_executable(&self, path: &Path) -> bool {
        self.is_file(path) && self.access(path, Access::Execute).unwrap_or(false)
    }
}
