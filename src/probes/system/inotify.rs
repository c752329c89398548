use std::path::Path;

use crate::host::Host;
use crate::model::{Missing, Reason};
use crate::probes::{Fact, Probing};

/// How much of what the kernel allows for watching files this user's programs
/// use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inotify {
    /// Files and folders that are watched.
    pub watches: Usage,
    /// Watchers, each with any number of watches.
    pub instances: Usage,
    /// Why some programs were not looked at. What is used is then at least
    /// what was counted.
    pub uncounted: Option<Missing>,
}

/// A number that is used, of what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// What was counted.
    pub used: u64,
    /// What one user may have.
    pub limit: u64,
}

const FOLDER: &str = "/proc/sys/fs/inotify";

/// How many open files are looked at, over all programs. A link is read for
/// each, about two microseconds.
const FILES: usize = 8_000;

/// Limits from which on nobody runs into them.
const PLENTY: (u64, u64) = (524_288, 512);

impl Fact for Inotify {
    const ID: &'static str = "inotify";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        if host.machine().os != "linux" {
            return Err(Missing::new(Reason::NotAsked, "only Linux limits the watching of files in this way"));
        }
        let watches = limit(host, "max_user_watches")?;
        let instances = limit(host, "max_user_instances")?;
        let mut count = Count { watches: 0, instances: 0, left: FILES };
        if watches < PLENTY.0 || instances < PLENTY.1 {
            count.all(host);
        }
        let uncounted =
            (count.left == 0).then(|| Missing::failed(format!("more than {FILES} open files were not looked through")));
        Ok(Inotify {
            watches: Usage { used: count.watches, limit: watches },
            instances: Usage { used: count.instances, limit: instances },
            uncounted,
        })
    }
}

fn limit(host: &dyn Host, name: &str) -> Result<u64, Missing> {
    let path = Path::new(FOLDER).join(name);
    match host.read_text(&path) {
        Ok(text) => text.trim().parse().map_err(|_| Missing::failed(format!("{} holds no number", path.display()))),
        Err(missing) if missing.is_absent() => {
            Err(Missing::new(Reason::NotAsked, "this kernel does not limit the watching of files"))
        }
        Err(missing) => Err(missing),
    }
}

struct Count {
    watches: u64,
    instances: u64,
    /// How many open files may still be looked at.
    left: usize,
}

impl Count {
    /// Counts over this user's programs. One that ends meanwhile counts no
    /// more.
    fn all(&mut self, host: &dyn Host) {
        for entry in host.read_dir(Path::new("/proc")).unwrap_or_default() {
            let is_process = entry.name.bytes().all(|byte| byte.is_ascii_digit());
            let is_own = is_process && host.stat(&entry.path).is_ok_and(|stat| stat.uid == host.machine().user.uid);
            if is_own {
                self.process(host, &entry.path);
            }
        }
    }

    fn process(&mut self, host: &dyn Host, process: &Path) {
        for file in host.read_dir(&process.join("fd")).unwrap_or_default() {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            if host.read_link(&file.path).is_ok_and(|target| target == Path::new("anon_inode:inotify")) {
                self.instances += 1;
                let text = host.read_text(&process.join("fdinfo").join(&file.name)).unwrap_or_default();
                self.watches += text.lines().filter(|line| line.starts_with("inotify wd:")).count() as u64;
            }
        }
    }
}

impl Usage {
    /// True when nine of ten are used.
    #[must_use]
    pub fn is_nearly_full(&self) -> bool {
        self.used.saturating_mul(10) >= self.limit.saturating_mul(9)
    }
}
