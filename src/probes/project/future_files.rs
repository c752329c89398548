use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::{ProjectFiles, ProjectRoot};
use crate::collections::order;
use crate::host::Host;
use crate::model::{Missing, Reason};
use crate::probes::network::Clocks;
use crate::probes::{Fact, Probing};

/// What a file may be ahead of the clock. Go minds two seconds; the clocks of
/// file servers are off by some, and what is less than a minute ahead is in
/// the past before anybody has read of it.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// How far behind the clock must be to be the reason, in seconds.
const BEHIND: f64 = 60.0;

/// The files of the project that say they were changed in the future.
#[derive(Debug)]
pub struct FutureFiles {
    /// The project's root; None when there is no project.
    pub root: Option<ProjectRoot>,
    /// The files, the one furthest ahead first.
    pub files: Vec<FutureFile>,
    /// The time of this machine.
    pub now: Timestamp,
    /// Whose fault it is, as far as other clocks tell. They are asked only
    /// when there are such files.
    pub clock: LocalClock,
    /// Why not every file could be looked at.
    pub problem: Option<Missing>,
}

/// A file from the future.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FutureFile {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// When it says that it was changed.
    pub modified: Timestamp,
    /// True when it belongs to this user, who may change that.
    pub own: bool,
}

/// This machine's clock, as other clocks see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalClock {
    /// It is behind: the files may be right.
    Behind,
    /// Nothing says that it is.
    Trusted,
}

impl Fact for FutureFiles {
    const ID: &'static str = "future-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let now = host.now();
        if now == Timestamp::UNIX_EPOCH {
            return Err(Missing::new(Reason::NotRecorded, "this machine's clock is not recorded"));
        }
        let project = probing.get::<ProjectFiles>()?;
        let mut problem = project.problem.clone();
        let mut files = Vec::new();
        for path in &project.files {
            match FutureFile::read(host, path, now) {
                Ok(file) => files.extend(file),
                // One that has vanished meanwhile is none.
                Err(missing) if missing.is_absent() => {}
                Err(missing) => {
                    problem.get_or_insert(missing);
                }
            }
        }
        order::sort_by(&mut files, |a: &FutureFile, b| b.modified.cmp(&a.modified).then_with(|| a.path.cmp(&b.path)));
        let clock = if files.is_empty() { LocalClock::Trusted } else { LocalClock::of(probing) };
        Ok(FutureFiles { root: project.root.clone(), files, now, clock, problem })
    }
}

impl FutureFile {
    /// The file, when it is one from the future.
    fn read(host: &dyn Host, path: &Path, now: Timestamp) -> Result<Option<FutureFile>, Missing> {
        let stat = host.link_stat(path)?;
        let ahead = stat.modified.filter(|modified| modified.duration_since(now) > TOLERANCE);
        let Some(modified) = ahead else { return Ok(None) };
        let user = &host.machine().user;
        let own = user.uid == 0 || stat.uid == user.uid;
        Ok(Some(FutureFile { path: path.to_owned(), name: host.machine().tilde(path), modified, own }))
    }
}

impl LocalClock {
    fn of(probing: &Probing) -> LocalClock {
        let clocks = probing.get::<Clocks>();
        let is_behind = clocks.is_ok_and(|clocks| clocks.readings.iter().any(|reading| reading.off_by() < -BEHIND));
        if is_behind { LocalClock::Behind } else { LocalClock::Trusted }
    }
}
