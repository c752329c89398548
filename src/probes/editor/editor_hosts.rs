use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use crate::host::{Environment, Host, Witness, witness};
use crate::model::{Missing, Reason};
use crate::probes::shell::RcFiles;
use crate::probes::{Fact, Probing, lookup};

/// The processes in which editors of the VS Code family run their extensions,
/// with the environment that each was given when it began.
#[derive(Debug)]
pub struct EditorHosts {
    /// The processes that let themselves be read.
    pub found: Vec<EditorHost>,
    /// Why one could not be read.
    pub problem: Option<Missing>,
}

/// A process that runs an editor's extensions.
#[derive(Debug, Clone)]
pub struct EditorHost {
    /// Where its window is.
    pub seat: Seat,
    /// When it began.
    pub started: Timestamp,
    /// What it was given.
    pub environment: Environment,
    /// The `go` that it finds.
    pub go: Option<PathBuf>,
    /// The start files of the shell that have changed since.
    pub newer: Vec<NewerFile>,
}

/// Where the window of an editor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// On this machine.
    Here,
    /// On another one, for which a server runs here.
    Elsewhere,
}

/// A start file that changed after an editor had read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewerFile {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// When it changed.
    pub changed: Timestamp,
}

/// Ticks of the kernel's clock in a second, as it tells them to programs.
const TICKS: i64 = 100;
/// The kernel tells the time of its start in whole seconds.
const IMPRECISION: SignedDuration = SignedDuration::from_secs(2);
/// How much of a command line is looked at.
const ARGUMENTS: usize = 64;

impl Fact for EditorHosts {
    const ID: &'static str = "editor-hosts";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let mut hosts = EditorHosts { found: Vec::new(), problem: None };
        if host.machine().os != "linux" {
            return Err(Missing::new(Reason::NotAsked, "only Linux lets one read what an editor was given"));
        }
        for entry in host.read_dir(Path::new("/proc")).unwrap_or_default() {
            let is_process = entry.name.bytes().all(|byte| byte.is_ascii_digit());
            if !is_process || !host.stat(&entry.path).is_ok_and(|stat| stat.uid == host.machine().user.uid) {
                continue;
            }
            let Some(seat) = seat(host, &entry.path) else { continue };
            match EditorHost::read(host, &entry.path, seat) {
                Ok(found) => hosts.found.push(found),
                // It ended meanwhile.
                Err(missing) if missing.is_absent() => {}
                Err(missing) => hosts.problem = Some(missing),
            }
        }
        if hosts.found.is_empty() {
            return Ok(hosts);
        }
        let rc = probing.get::<RcFiles>()?;
        for found in &mut hosts.found {
            found.newer = newer(host, &rc, found.started);
        }
        Ok(hosts)
    }
}

/// Where the window is of the editor whose extensions a process runs; None for
/// other processes.
fn seat(host: &dyn Host, process: &Path) -> Option<Seat> {
    let line = host.read_text(&process.join("cmdline")).ok()?;
    let words: Vec<_> = line.split('\0').take(ARGUMENTS).map(std::borrow::Cow::Borrowed).collect();
    let runs_extensions = witness(&words) == Some(Witness::ExtensionHost);
    let serves = words.iter().any(|word| word.contains("-server/"));
    runs_extensions.then_some(if serves { Seat::Elsewhere } else { Seat::Here })
}

fn newer(host: &dyn Host, rc: &RcFiles, started: Timestamp) -> Vec<NewerFile> {
    let changed = rc.files.iter().filter_map(|file| {
        let changed = host.stat(&file.path).ok()?.modified?;
        if changed.duration_since(started) <= IMPRECISION {
            return None;
        }
        Some(NewerFile { path: file.path.clone(), name: file.name.clone(), changed })
    });
    changed.collect()
}

impl EditorHost {
    fn read(host: &dyn Host, process: &Path, seat: Seat) -> Result<EditorHost, Missing> {
        let text = host.read_text(&process.join("environ"))?;
        let environment: Environment = text.split('\0').filter_map(|entry| entry.split_once('=')).collect();
        let go = lookup(host, "go", &environment);
        let started = started(host, process)?;
        Ok(EditorHost { seat, started, environment, go, newer: Vec::new() })
    }
}

/// The 22nd field of `stat` tells when a process began, in ticks since the
/// machine did. The second, in parentheses, may hold anything.
fn started(host: &dyn Host, process: &Path) -> Result<Timestamp, Missing> {
    let stat = host.read_text(&process.join("stat"))?;
    let ticks = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(19)?.parse::<i64>().ok());
    let kernel = host.read_text(Path::new("/proc/stat"))?;
    let boot = kernel.lines().find_map(|line| line.strip_prefix("btime ")?.trim().parse::<i64>().ok());
    let second = ticks.zip(boot).map(|(ticks, boot)| boot.saturating_add(ticks / TICKS));
    second
        .and_then(|second| Timestamp::from_second(second).ok())
        .ok_or_else(|| Missing::failed(format!("{}: it does not say when it began", process.display())))
}
