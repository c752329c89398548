//! There is no room where Go writes.

use std::path::PathBuf;

use crate::checks::Check;
use crate::host::Filesystem;
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Missing, Outcome, Privilege, Severity, Step};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::modules::{Place, PlaceKind, Places};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "disk-full",
    layer: Layer::System,
    title: "There is room where Go writes",
    impact: "Builds end for want of room",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("system/disk-full"),
    rule: rule!(judge(Places, Settings, Toolchains)),
};

const MIB: u64 = 1 << 20;

/// Below this, linking one program of ordinary size fails.
const ERROR_MIB: u64 = 64;

/// Below this, a module update or a cold build may fail.
const WARNING_MIB: u64 = 512;

/// As few inodes as one package's build may take.
const FEW_INODES: u64 = 500;

fn judge(places: &Places, settings: &Settings, toolchains: &Toolchains) -> Outcome {
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut findings = Vec::new();
    let mut unknown = None;
    for place in &places.found {
        match &place.filesystem {
            Err(missing) => unknown = Some(Missing::clone(missing)),
            Ok(filesystem) if seen.contains(&filesystem.mount_point) => {}
            Ok(filesystem) => {
                seen.push(filesystem.mount_point.clone());
                if let Some((severity, what)) = want(filesystem) {
                    findings.push(finding(places, place, filesystem, severity, &what, settings, toolchains));
                }
            }
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ => findings.into(),
    }
}

fn want(filesystem: &Filesystem) -> Option<(Severity, String)> {
    if let Some(inodes) = filesystem.free_inodes.filter(|inodes| *inodes < FEW_INODES) {
        return Some((Severity::Error, format!("{inodes} inodes")));
    }
    let free = filesystem.free_bytes / MIB;
    // A small file system, such as a tmpfs, is small on purpose.
    let usual = filesystem.total_bytes / MIB > 4 * WARNING_MIB;
    match free {
        free if free < ERROR_MIB => Some((Severity::Error, format!("{free} MiB"))),
        free if free < WARNING_MIB && usual => Some((Severity::Warning, format!("{free} MiB"))),
        _ => None,
    }
}

fn finding(
    places: &Places,
    place: &Place,
    filesystem: &Filesystem,
    severity: Severity,
    what: &str,
    settings: &Settings,
    toolchains: &Toolchains,
) -> Finding {
    let machine = settings.machine();
    let mount = filesystem.mount_point.display().to_string();
    let here: Vec<&Place> = places
        .found
        .iter()
        .filter(|other| other.filesystem.as_ref().is_ok_and(|it| it.mount_point == filesystem.mount_point))
        .collect();
    let finding = Finding::new(&mount, severity, format!("Only {what} are free on {mount}, where the {} lies", place.kind.title()))
        .detail("go ends with: no space left on device, or, misleadingly, with: package … is not in std. Go's build cache has no upper limit.")
        .seen_in([places.context])
        .evidences(here.iter().map(|place| Evidence::new(format!("{} {}", place.kind.setting(), machine.tilde(&place.path)), format!("on {mount} ({})", filesystem.kind))))
        .evidence(Evidence::new(mount.clone(), format!("{} MiB of {} MiB free", filesystem.free_bytes / MIB, filesystem.total_bytes / MIB)));
    let clean = toolchains
        .active(places.context)
        .filter(|_| here.iter().any(|place| place.kind == PlaceKind::Builds))
        .map(|go| Step::Run {
            argv: vec![go.path.display().to_string(), "clean".to_owned(), "-cache".to_owned()],
            privilege: Privilege::User,
            inverse: Inverse::CannotBeUndone("the next builds make the cache anew".to_owned()),
        })
        .map(|step| Fix::new("Empty Go's build cache (go clean -cache)", Class::Review, vec![step]));
    finding.fixes(clean).fix(Fix::manual(
        "See what takes the room",
        "Lists the largest folders of that file system. Old module versions go with go clean -modcache.",
        Some(format!("du -xh --max-depth=3 {mount} 2>/dev/null | sort -h | tail -n 20")),
    ))
}
