use std::path::{Path, PathBuf};

use crate::host::Host;
use crate::model::{Evidence, Missing, Reason};
use crate::probes::{Fact, Probing};

const MEMINFO: &str = "/proc/meminfo";
const OWN_GROUP: &str = "/proc/self/cgroup";

/// How much memory can still be had, in bytes: the smallest of what the
/// machine has and what each control group around this session allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// What can still be had.
    pub room: u64,
    /// What it is limited by.
    pub bound: Bound,
    /// Where it was seen.
    pub evidence: Evidence,
}

/// What limits memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// What the machine has is in use.
    Machine,
    /// A control group allows no more, as in a container.
    Group,
}

/// A limit this high, in bytes, is none: version 1 has no other word for it.
const NO_LIMIT: u64 = 1 << 60;

impl Fact for Memory {
    const ID: &'static str = "memory";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        if host.machine().os != "linux" {
            return Err(Missing::new(Reason::NotAsked, "only Linux tells in a file how much memory is left"));
        }
        let text = match host.read_text(Path::new(MEMINFO)) {
            Ok(text) => text,
            Err(missing) if missing.is_absent() => {
                return Err(Missing::new(Reason::NotAsked, format!("{MEMINFO} is not there to tell the memory")));
            }
            Err(missing) => return Err(missing),
        };
        let available = kib(&text, "MemAvailable:")
            .ok_or_else(|| Missing::failed(format!("{MEMINFO} does not say what is available")))?;
        let swap = kib(&text, "SwapFree:").unwrap_or(0);
        let machine = Memory {
            room: available + swap,
            bound: Bound::Machine,
            evidence: Evidence::new(
                MEMINFO,
                format!("{} MiB available, {} MiB of swap free", available >> 20, swap >> 20),
            ),
        };
        let groups = groups(host).into_iter().filter_map(|folder| Memory::of_group(host, &folder, swap));
        Ok(groups.chain([machine.clone()]).min_by_key(|memory| memory.room).unwrap_or(machine))
    }
}

/// A line of meminfo, in bytes.
fn kib(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// The folders of the control groups around this session, of version 2 or of
/// version 1, the innermost first.
fn groups(host: &dyn Host) -> Vec<PathBuf> {
    let text = host.read_text(Path::new(OWN_GROUP)).unwrap_or_default();
    let mut found = Vec::new();
    for line in text.lines() {
        let mut fields = line.splitn(3, ':');
        let (Some(number), Some(controllers), Some(path)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let root = if number == "0" && controllers.is_empty() {
            "/sys/fs/cgroup"
        } else if controllers.split(',').any(|name| name == "memory") {
            "/sys/fs/cgroup/memory"
        } else {
            continue;
        };
        // Inside a container the path may be that of the machine around it:
        // folders that are not there say nothing.
        let below = Path::new(path.trim_start_matches('/'));
        found.extend(below.ancestors().map(|folder| Path::new(root).join(folder)));
    }
    found
}

impl Memory {
    /// None for a group without a limit.
    fn of_group(host: &dyn Host, folder: &Path, swap: u64) -> Option<Memory> {
        let read = |name: &str| host.read_text(&folder.join(name)).ok();
        let number = |name: &str| read(name)?.trim().parse::<u64>().ok();
        // What was read from files is given back when it is needed.
        let given_back = |name: &str| {
            let text = read("memory.stat")?;
            text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok())
        };
        let (limit, used, cached, swap) = match number("memory.max") {
            Some(limit) => {
                let allowed = number("memory.swap.max")
                    .map(|most| most.saturating_sub(number("memory.swap.current").unwrap_or(0)));
                (limit, number("memory.current")?, given_back("inactive_file ")?, allowed.unwrap_or(swap).min(swap))
            }
            None => {
                let limit = number("memory.limit_in_bytes")?;
                (limit, number("memory.usage_in_bytes")?, given_back("total_inactive_file ").unwrap_or(0), swap)
            }
        };
        let used = used.saturating_sub(cached);
        (limit < NO_LIMIT).then(|| Memory {
            room: limit.saturating_sub(used) + swap,
            bound: Bound::Group,
            evidence: Evidence::new(
                folder.display().to_string(),
                format!("{} MiB in use, at most {} MiB allowed", used >> 20, limit >> 20),
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_meminfo_are_read() {
        let text = "MemTotal:  16 kB\nMemAvailable:    2048 kB\nSwapFree: x kB\nHuge: 99999999999999999999 kB\n";
        assert_eq!(kib(text, "MemAvailable:"), Some(2 << 20));
        assert_eq!(kib(text, "SwapFree:"), None);
        assert_eq!(kib(text, "Huge:"), None);
    }
}
