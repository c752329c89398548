//! A machine on which one folder of the sandbox belongs to root alone, and the
//! sudo that obeys there. Works for every user, root included.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use gomedic::fix::disk::Disk;
use gomedic::fix::{Owner, Programs};
use gomedic::host::live::Live;
use gomedic::host::{
    Access, Answer, Binary, DirEntry, Endpoint, Environment, FileKind, Filesystem, Host, Machine, NameAnswer,
    NetFailure, Output, Program, Request, StartTrace, Stat, TimeAnswer, WindowsAnswer,
};
use gomedic::model::{Context, Missing};
use jiff::Timestamp;

use crate::faulty::FaultyDisk;
use crate::sandbox::Sandbox;

/// The live host, as somebody sees it who may not write in one folder.
pub(crate) struct Unprivileged {
    live: Live,
    machine: Machine,
    /// The folder that is root's.
    etc: PathBuf,
    /// Whether sudo is installed.
    pub(crate) has_sudo: bool,
}

impl Unprivileged {
    pub(crate) fn of(sandbox: &Sandbox) -> Self {
        let live = sandbox.host();
        let mut machine = live.machine().clone();
        machine.user.uid += 1;
        Unprivileged { live, machine, etc: sandbox.path("etc"), has_sudo: true }
    }

    /// Folders down to that one, and those in it, are root's.
    fn seen(&self, path: &Path, stat: Stat) -> Stat {
        let is_roots = self.etc.starts_with(path) || path.starts_with(&self.etc);
        if is_roots && stat.kind == FileKind::Folder { Stat { uid: 0, gid: 0, mode: 0o755, ..stat } } else { stat }
    }
}

impl Host for Unprivileged {
    fn machine(&self) -> &Machine {
        &self.machine
    }

    fn stat(&self, path: &Path) -> Result<Stat, Missing> {
        Ok(self.seen(path, self.live.stat(path)?))
    }

    fn link_stat(&self, path: &Path) -> Result<Stat, Missing> {
        Ok(self.seen(path, self.live.link_stat(path)?))
    }

    fn access(&self, path: &Path, access: Access) -> Result<bool, Missing> {
        if access == Access::Write && path.starts_with(&self.etc) { Ok(false) } else { self.live.access(path, access) }
    }

    fn is_executable(&self, path: &Path) -> bool {
        path.starts_with("/usr/bin") && (self.has_sudo || !path.ends_with("sudo"))
    }

    fn environment(&self, context: Context) -> Result<Arc<Environment>, Missing> {
        self.live.environment(context)
    }

    fn start_trace(&self) -> Result<Arc<StartTrace>, Missing> {
        self.live.start_trace()
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, Missing> {
        self.live.read_link(path)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, Missing> {
        self.live.canonical(path)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Missing> {
        self.live.read(path, limit)
    }

    fn read_end(&self, path: &Path, length: u64) -> Result<Vec<u8>, Missing> {
        self.live.read_end(path, length)
    }

    fn read_dir(&self, path: &Path) -> Result<Vec<DirEntry>, Missing> {
        self.live.read_dir(path)
    }

    fn filesystem(&self, path: &Path) -> Result<Filesystem, Missing> {
        self.live.filesystem(path)
    }

    fn lookup_time(&self, paths: &[PathBuf]) -> Result<Duration, Missing> {
        self.live.lookup_time(paths)
    }

    fn binary(&self, path: &Path) -> Result<Binary, Missing> {
        self.live.binary(path)
    }

    fn capabilities(&self, path: &Path) -> Result<Vec<String>, Missing> {
        self.live.capabilities(path)
    }

    fn run(&self, program: &Program) -> Result<Output, Missing> {
        self.live.run(program)
    }

    fn ask_windows(&self, question: &Program) -> Result<WindowsAnswer, Missing> {
        self.live.ask_windows(question)
    }

    fn connect(&self, endpoint: &Endpoint) -> Result<(), NetFailure> {
        self.live.connect(endpoint)
    }

    fn fetch(&self, request: &Request) -> Result<Answer, NetFailure> {
        self.live.fetch(request)
    }

    fn ask_time(&self, server: &Endpoint) -> Result<TimeAnswer, NetFailure> {
        self.live.ask_time(server)
    }

    fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, NetFailure> {
        self.live.addresses(name)
    }

    fn ask_name(&self, server: &Endpoint, name: &str) -> Result<NameAnswer, NetFailure> {
        self.live.ask_name(server, name)
    }

    fn now(&self) -> Timestamp {
        self.live.now()
    }
}

/// Does what sudo's programs do, operation by operation on a disk that may
/// fail, with the rights of the test.
#[derive(Debug)]
pub(crate) struct FakeSudo(pub(crate) FaultyDisk);

impl Programs for FakeSudo {
    fn run(&self, argv: &[String], _folder: &Path) -> Result<(), String> {
        let words: Vec<&str> = argv.iter().map(String::as_str).collect();
        self.obey(&words).map_err(|error| error.to_string())
    }
}

impl FakeSudo {
    fn obey(&self, words: &[&str]) -> std::io::Result<()> {
        let disk = &self.0;
        let mode = |octal: &str| u32::from_str_radix(octal, 8).expect("it is octal");
        let number = |word: &str| word.parse().expect("it is a number");
        match *words {
            ["/usr/bin/sudo", "--", "/usr/bin/install", "-o", uid, "-g", gid, "-m", bits, from, to] => {
                let content = disk.read(from.as_ref(), u64::MAX - 1)?;
                let mut file = disk.create(to.as_ref())?;
                file.write(&content)?;
                // What would be root's is the test's own.
                if uid != "0" {
                    file.set_owner(Owner { uid: number(uid), gid: number(gid) })?;
                }
                file.set_mode(mode(bits))
            }
            ["/usr/bin/sudo", "--", "/usr/bin/mv", "-f", from, to] => disk.rename(from.as_ref(), to.as_ref()),
            ["/usr/bin/sudo", "--", "/usr/bin/rm", "-f", path] => disk.remove_file(path.as_ref()),
            ["/usr/bin/sudo", "--", "/usr/bin/mkdir", "-m", bits, path] => {
                disk.create_folder(path.as_ref(), mode(bits))
            }
            ["/usr/bin/sudo", "--", "/usr/bin/rmdir", path] => disk.remove_folder(path.as_ref()),
            ["/usr/bin/sudo", "--", "/usr/bin/chmod", bits, path] => disk.set_mode(path.as_ref(), mode(bits)),
            ["/usr/bin/sudo", "--", "/usr/bin/touch", "-c", "-m", "-d", time, path] => {
                disk.set_modified(path.as_ref(), time.parse().expect("it is a time"))
            }
            ["/usr/bin/sudo", "--", "/usr/bin/sync", path] => disk.sync_folder(path.as_ref()),
            _ => panic!("sudo is not to run {words:?}"),
        }
    }
}
