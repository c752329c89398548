//! Go may not write to its own folders.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Evidence, Finding, Inverse, Layer, Missing, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::modules::{Place, PlaceKind, Places};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cache-not-writable",
    layer: Layer::Modules,
    title: "Go may write to its caches and to GOPATH",
    impact: "Builds cannot be kept",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &[],
    page: page!("modules/cache-not-writable"),
    rule: rule!(judge(Places, Settings)),
};

fn judge(places: &Places, settings: &Settings) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown = None;
    for place in places.found.iter().filter(|place| place.kind != PlaceKind::Temporary) {
        match &place.writable {
            Err(missing) => unknown = Some(Missing::clone(missing)),
            Ok(true) if place.foreign.is_empty() => {}
            Ok(writable) => findings.push(finding(place, *writable, settings.machine()).seen_in([places.context])),
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.into(),
        _ => findings.into(),
    }
}

fn finding(place: &Place, writable: bool, machine: &Machine) -> Finding {
    let (path, what) = (machine.tilde(&place.path), place.kind.title());
    let key = place.path.display().to_string();
    let finding = if writable {
        let text = match place.kind {
            PlaceKind::Builds => "open …-d: permission denied, or, misleadingly: package … is not in std",
            _ => "permission denied",
        };
        Finding::new(key, Severity::Error, format!("Parts of the {what} {path} belong to somebody else"))
            .detail(format!("Builds that need these parts fail with: {text}. Usually sudo go was run once."))
            .evidences(place.foreign.iter().map(|(path, uid)| {
                Evidence::new(machine.tilde(path), format!("owner {uid}"))
                    .expected(format!("owner {}", machine.user.uid))
            }))
    } else {
        let text = match place.kind {
            PlaceKind::Builds => {
                format!("failed to initialize build cache at {}: permission denied", place.path.display())
            }
            PlaceKind::Modules => "could not create module cache: permission denied".to_owned(),
            _ => "permission denied".to_owned(),
        };
        Finding::new(key, Severity::Error, format!("The {what} {path} cannot be written to"))
            .detail(format!("go fails with: {text}."))
            .evidence(Evidence::new(machine.tilde(&place.nearest), "this user may not write here"))
    };
    let finding = finding.about(place.kind.setting());
    if place.filesystem.as_ref().is_ok_and(|filesystem| filesystem.read_only) {
        return finding.evidence(Evidence::new(machine.tilde(&place.nearest), "the file system is mounted read-only"));
    }
    // Only what lies in one's own home is certainly one's own.
    if machine.user.home.as_ref().is_some_and(|home| place.nearest.starts_with(home) && place.nearest != *home) {
        let owner = format!("{}:{}", machine.user.uid, machine.user.gid);
        let target = place.nearest.display().to_string();
        let inverse = Inverse::CannotBeUndone("who owned each file before is not kept".to_owned());
        return finding.fix(remedy::as_root(
            format!("Give {} back to {}", machine.tilde(&place.nearest), machine.user.name),
            &["chown", "-R", &owner, &target],
            inverse,
        ));
    }
    finding
}
