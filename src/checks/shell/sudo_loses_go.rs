//! Under sudo there is no Go, or another one.

use std::path::Path;

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{GoCommand, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::system::{SecurePath, Standing, Sudo};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "sudo-loses-go",
    layer: Layer::Shell,
    title: "sudo finds the same Go",
    impact: "sudo go does not work",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("shell/sudo-loses-go"),
    rule: rule!(judge(Contexts, Toolchains, Sudo, RcFiles)),
};

fn judge(shells: &Contexts, toolchains: &Toolchains, sudo: &Sudo, rc: &RcFiles) -> Outcome {
    let group = match &sudo.standing {
        Standing::NotInstalled => return Outcome::skipped("sudo is not installed"),
        Standing::Root => return Outcome::skipped("root needs no sudo"),
        Standing::NotAllowed => return Outcome::skipped("nothing says that this user may use sudo"),
        Standing::Member(group) => group,
    };
    let Some((_, go)) = toolchains.in_use() else {
        return match shells.unknown().next() {
            Some(_) => shells.outcome(Vec::new()),
            None => Outcome::skipped("no go is on any PATH"),
        };
    };
    let path = match &sudo.secure_path {
        Ok(path) => path,
        // sudo leaves the user's own PATH.
        Err(missing) if missing.is_absent() => return Outcome::Passed,
        Err(_) if is_in_every_secure_path(go) => return Outcome::Passed,
        Err(missing) => return missing.clone().into(),
    };
    match &sudo.go {
        Some(other) if is_same(go, other) => Outcome::Passed,
        other => finding(go, other.as_ref(), path, group, rc).into(),
    }
}

fn is_same(go: &GoCommand, other: &GoCommand) -> bool {
    go.real == other.real || go.version.is_some() && go.version == other.version
}

/// True for the folders that every distribution's secure_path has.
fn is_in_every_secure_path(go: &GoCommand) -> bool {
    ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].iter().any(|folder| go.path.parent() == Some(Path::new(folder)))
}

fn finding(go: &GoCommand, other: Option<&GoCommand>, path: &SecurePath, group: &str, rc: &RcFiles) -> Finding {
    let machine = rc.machine();
    let folder = go.path.parent().map(|folder| machine.tilde(folder)).unwrap_or_default();
    let summary = match other {
        Some(other) => format!("sudo go is {}, your own is {}", other.version_title(), go.version_title()),
        None => format!("sudo finds no go: {folder} is outside of its secure_path"),
    };
    let effect = match other {
        Some(other) => format!("sudo go runs {}.", other.path.display()),
        None => "sudo go ends with: sudo: go: command not found.".to_owned(),
    };
    Finding::new(folder, Severity::Info, summary)
        .detail(format!(
            "sudo gives programs a PATH of its own. {effect} Building needs no sudo: what root builds leaves files of root in your caches."
        ))
        .about("go")
        .evidence(path.evidence.clone())
        .evidence(Evidence::new(machine.tilde(&go.path), format!("{}: runs without sudo", go.version_title())))
        .evidences(other.map(|other| Evidence::new(other.path.display().to_string(), format!("{}: runs under sudo", other.version_title()))))
        .evidence(Evidence::new("/etc/group", format!("{} is in {group}", machine.user.name)))
        .fix(Fix::manual(
            "Build as yourself, install as root",
            "Only the finished program needs root's rights, and only where it goes into a folder of the system.",
            Some("go build -o NAME . && sudo install NAME /usr/local/bin/".to_owned()),
        ))
}
