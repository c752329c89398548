//! No room where Go keeps its caches and builds.

use crate::checks::{Check, remedy};
use crate::host::{Filesystem, Machine};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Missing, Outcome, Privilege, Severity, Step};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::modules::{CacheFolder, Caches, Role};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "disk-full",
    layer: Layer::System,
    title: "There is room where Go keeps its caches and builds",
    impact: "Go has no room to build",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("system/disk-full"),
    rule: rule!(judge(Contexts, Settings, Caches, Toolchains)),
};

/// Below it not even a small program can be linked.
const FULL_BYTES: u64 = 64 << 20;

/// Below it the next larger build will not fit.
const LOW_BYTES: u64 = 400 << 20;

/// A build makes some hundred files in its work folder and the cache.
const FULL_INODES: u64 = 100;
const LOW_INODES: u64 = 2000;

fn judge(shells: &Contexts, settings: &Settings, caches: &Caches, toolchains: &Toolchains) -> Outcome {
    let mut mounts: Vec<(&Filesystem, Vec<&CacheFolder>)> = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for folder in caches.folders.iter().filter(|folder| folder.role != Role::Programs) {
        match &folder.filesystem {
            Ok(filesystem) => match mounts.iter_mut().find(|(known, _)| known.mount_point == filesystem.mount_point) {
                Some((_, folders)) => folders.push(folder),
                None => mounts.push((filesystem, vec![folder])),
            },
            Err(missing) => unknown = unknown.or(Some(missing)),
        }
    }
    let has_go = toolchains.in_use().is_some();
    let findings: Vec<Finding> = mounts
        .iter()
        .filter_map(|(filesystem, folders)| {
            Some(finding(settings.machine(), filesystem, folders, shortage(filesystem)?, has_go))
        })
        .collect();
    shells.outcome(findings).or_unknown(unknown)
}

/// What a file system is short of.
enum Shortage {
    Bytes(Severity),
    Inodes(Severity),
}

fn shortage(filesystem: &Filesystem) -> Option<Shortage> {
    // What has no size, or cannot be written to, is not full.
    if filesystem.total_bytes == 0 || filesystem.read_only {
        return None;
    }
    let inodes = filesystem.free_inodes;
    // A small file system, such as a tmpfs, is small on purpose.
    let low = LOW_BYTES.min(filesystem.total_bytes / 10);
    match (filesystem.free_bytes, inodes) {
        (..FULL_BYTES, _) => Some(Shortage::Bytes(Severity::Error)),
        (_, Some(..FULL_INODES)) => Some(Shortage::Inodes(Severity::Error)),
        (free, _) if free < low => Some(Shortage::Bytes(Severity::Warning)),
        (_, Some(..LOW_INODES)) => Some(Shortage::Inodes(Severity::Warning)),
        _ => None,
    }
}

fn finding(
    machine: &Machine,
    filesystem: &Filesystem,
    folders: &[&CacheFolder],
    shortage: Shortage,
    has_go: bool,
) -> Finding {
    let mount = machine.tilde(&filesystem.mount_point);
    let mut names: Vec<&str> = folders.iter().map(|folder| folder.role.setting()).collect();
    names.dedup();
    let names = remedy::listed(&names);
    let room = filesystem.free_inodes.map(|free| format!("room for {free} more files")).unwrap_or_default();
    let (severity, left, inodes) = match shortage {
        Shortage::Bytes(severity) => (severity, format!("{} left", size(filesystem.free_bytes)), None),
        Shortage::Inodes(severity) => (severity, room.clone(), Some(Evidence::new(&mount, room))),
    };
    let (state, detail) = match severity {
        Severity::Error => (
            "full",
            "Builds and downloads fail with: no space left on device. Go also says of packages that are there that they are not in std.",
        ),
        _ => ("nearly full", "The next larger build or download may fail with: no space left on device."),
    };
    Finding::new(format!("mount:{mount}"), severity, format!("The disk at {mount} is {state}: {left} for {names}"))
        .detail(detail)
        .evidence(Evidence::new(
            &mount,
            format!("{} of {} free, {}", size(filesystem.free_bytes), size(filesystem.total_bytes), filesystem.kind),
        ))
        .evidences(inodes)
        .evidences(folders.iter().map(|folder| Evidence::new(folder.role.setting(), machine.tilde(&folder.path))))
        .fixes(clean(folders, has_go))
        .fix(Fix::manual(
            "See what takes the room",
            format!("Go's own caches can go at any time, and so can folders named go-build… in a work folder while nothing is built. The largest folders at {mount}:"),
            Some(format!("du -xh --max-depth=2 {} 2>/dev/null | sort -h | tail -20", filesystem.mount_point.display())),
        ))
}

/// Empties the caches that lie there: first the one that costs only time.
fn clean(folders: &[&CacheFolder], has_go: bool) -> Vec<Fix> {
    let lies_there = |role: Role| folders.iter().any(|folder| folder.role == role);
    let offers = [
        (Role::Build, "-cache", "Empty the build cache", "the next builds fill it again, and take longer for once"),
        (Role::Modules, "-modcache", "Empty the module cache", "modules are downloaded again when they are needed"),
    ];
    let offered = offers.into_iter().filter(|(role, ..)| has_go && lies_there(*role));
    offered.map(|(_, flag, title, why)| Fix::new(title, Class::Review, vec![go_clean(flag, why)])).collect()
}

fn go_clean(flag: &str, why: &str) -> Step {
    Step::Run {
        argv: ["go", "clean", flag].map(str::to_owned).to_vec(),
        privilege: Privilege::User,
        inverse: Inverse::CannotBeUndone(why.to_owned()),
    }
}

/// A size for people, rounded down.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KiB", bytes >> 10),
        1_048_576..10_737_418_240 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filesystem(free_mib: u64, free_inodes: Option<u64>) -> Filesystem {
        Filesystem {
            kind: "ext4".into(),
            mount_point: "/".into(),
            noexec: false,
            read_only: false,
            free_bytes: free_mib << 20,
            total_bytes: 1 << 40,
            free_inodes,
        }
    }

    #[test]
    fn the_worse_shortage_is_told() {
        let told = |free_mib, free_inodes| match shortage(&filesystem(free_mib, free_inodes)) {
            None => "none",
            Some(Shortage::Bytes(Severity::Error)) => "bytes!",
            Some(Shortage::Bytes(_)) => "bytes",
            Some(Shortage::Inodes(Severity::Error)) => "inodes!",
            Some(Shortage::Inodes(_)) => "inodes",
        };
        assert_eq!(told(5000, None), "none");
        assert_eq!(told(5000, Some(1_000_000)), "none");
        assert_eq!(told(0, Some(0)), "bytes!");
        assert_eq!(told(399, None), "bytes");
        assert_eq!(told(399, Some(7)), "inodes!");
        assert_eq!(told(5000, Some(7)), "inodes!");
        assert_eq!(told(5000, Some(1999)), "inodes");
    }
}
