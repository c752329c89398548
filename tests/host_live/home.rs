//! A home folder of one test, and the live host over it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gomedic::host::live::{Live, LiveOptions};
use gomedic::host::{Environment, User};
use gomedic::model::{Missing, Reason};

/// Long enough for a loaded machine to start a shell.
pub(crate) const PATIENT: Duration = Duration::from_secs(30);
/// For what never ends.
pub(crate) const SHORT: Duration = Duration::from_millis(400);

/// How programs are started.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mode {
    Direct,
    Supervised,
}

pub(crate) const BOTH: [Mode; 2] = [Mode::Direct, Mode::Supervised];

/// A home folder with nothing in it.
pub(crate) struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("gomedic-home-").tempdir().unwrap();
        Home { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn script(&self, name: &str, content: &str) -> String {
        let path = self.write(name, content);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A FIFO that nobody writes to: whoever reads it waits for ever.
    pub(crate) fn fifo(&self, name: &str) -> PathBuf {
        let path = self.path().join(name);
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        path
    }

    /// Options for this home, whose user has this shell.
    pub(crate) fn options(&self, shell: &Path, deadline: Duration) -> LiveOptions {
        let user = User {
            name: "ann".into(),
            uid: rustix::process::getuid().as_raw(),
            gid: rustix::process::getgid().as_raw(),
            home: Some(self.path().to_owned()),
            shell: Some(shell.to_owned()),
        };
        LiveOptions {
            deadline,
            user: Some(user),
            session: Some(Environment::default()),
            ..LiveOptions::new(self.path())
        }
    }

    pub(crate) fn live(&self, mode: Mode, shell: &Path, deadline: Duration) -> Live {
        let supervisor = match mode {
            Mode::Direct => None,
            Mode::Supervised => Some(PathBuf::from(env!("CARGO_BIN_EXE_gomedic"))),
        };
        Live::new(LiveOptions { supervisor, ..self.options(shell, deadline) }).unwrap()
    }

    /// Processes whose command line names this home, which every test's
    /// programs do in some way.
    pub(crate) fn processes(&self) -> Vec<String> {
        let own = std::process::id().to_string();
        let names = fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok());
        let lines = names.filter(|name| *name != own).filter_map(|name| fs::read(format!("/proc/{name}/cmdline")).ok());
        let needle = self.path().to_str().unwrap();
        lines.map(|line| String::from_utf8_lossy(&line).into_owned()).filter(|line| line.contains(needle)).collect()
    }

    /// Waits, within reason, until the processes of this home are as wanted.
    pub(crate) fn wait_for_processes(&self, wanted: impl Fn(&[String]) -> bool) {
        let began = Instant::now();
        while !wanted(&self.processes()) {
            assert!(began.elapsed() < PATIENT, "{:?}", self.processes());
            std::thread::park_timeout(Duration::from_millis(2));
        }
    }

    /// Asserts that nothing of this home runs any more.
    pub(crate) fn assert_nothing_runs(&self) {
        self.wait_for_processes(<[String]>::is_empty);
    }
}

pub(crate) const SH: &str = "/bin/sh";

/// A tool of this machine. Without it the test says so and is over; where the
/// lab is required it fails.
#[allow(clippy::print_stderr)]
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    let found = ["/bin", "/usr/bin", "/usr/local/bin"]
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.is_file());
    if found.is_none() {
        assert!(std::env::var_os("GOMEDIC_LAB").is_none_or(|value| value != "required"), "{name} is missing");
        eprintln!("skipped: there is no {name} here");
    }
    found
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Asserts why something is missing, and what is said of it.
#[track_caller]
pub(crate) fn assert_missing<T: std::fmt::Debug>(result: Result<T, Missing>, reason: Reason, words: &str) {
    let missing = result.expect_err("it is not missing");
    assert_eq!(missing.reason, reason, "{missing:?}");
    assert!(missing.detail.contains(words), "{:?} does not say {words:?}", missing.detail);
}
