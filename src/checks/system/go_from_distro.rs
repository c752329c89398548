//! The Go in use is a package of the system.

use crate::checks::Check;
use crate::host::Machine;
use crate::model::{Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::{Origin, Settings, Toolchains};
use crate::probes::shell::Contexts;
use crate::probes::system::{GoPackage, GoPackages};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-from-distro",
    layer: Layer::System,
    title: "The Go in use comes from the Go project itself",
    impact: "Go is as old as the system's package",
    severity: Severity::Info,
    class: None,
    causes: &[],
    page: page!("system/go-from-distro"),
    rule: rule!(judge(Contexts, Settings, Toolchains, GoPackages)),
};

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, packages: &GoPackages) -> Outcome {
    if toolchains.in_use().is_none() {
        return match shells.outcome(Vec::new()) {
            Outcome::Passed => Outcome::skipped("no go is on any PATH"),
            other => other,
        };
    }
    shells.outcome(packages.found.iter().map(|package| finding(package, settings.machine())).collect())
}

fn finding(package: &GoPackage, machine: &Machine) -> Finding {
    let go = package.go.as_ref().map_or_else(|| "Go".to_owned(), ToString::to_string);
    let distro = machine.distro.as_deref().unwrap_or("the distribution");
    let named = package.name.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
    let (summary, whose) = match package.origin {
        Origin::Snap => (format!("{go} comes from snap"), "snap's"),
        _ => (format!("{go} comes from the package{named} of {distro}"), "the distribution's"),
    };
    let source = package.version.as_ref().map(|(version, path)| {
        Evidence::new(machine.tilde(path), format!("{} {version}", package.name.as_deref().unwrap_or("go")))
    });
    Finding::new(machine.tilde(&package.root), Severity::Info, summary)
        .seen_in(package.contexts.iter().copied())
        .about("go")
        .detail(format!(
            "Its version and its defaults are {whose} choice, and it gets newer with the system alone. That is no fault by itself. It explains an old version, and settings that differ from those of the Go project."
        ))
        .evidence(Evidence::new(machine.tilde(&package.command), format!("belongs to the package{named}")))
        .evidences(source)
}
