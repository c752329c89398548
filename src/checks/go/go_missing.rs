//! No Go anywhere.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::go::{Installations, Settings, Toolchains};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-missing",
    layer: Layer::Go,
    title: "Go is installed",
    impact: "There is no Go here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("go/go-missing"),
    rule: rule!(judge(Contexts, Toolchains, Installations, Settings)),
};

fn judge(shells: &Contexts, toolchains: &Toolchains, installed: &Installations, settings: &Settings) -> Outcome {
    if toolchains.in_use().is_some() || !installed.found.is_empty() {
        return Outcome::Passed;
    }
    if let Some((context, missing)) = shells.unknown().next() {
        let detail = format!("{} could not be asked: {}", context.title(), missing.detail);
        return crate::model::Missing::new(missing.reason, detail).into();
    }
    let machine = settings.machine();
    let paths = shells
        .values("PATH")
        .into_iter()
        .map(|(path, contexts)| Evidence::new(format!("PATH of {}", remedy::contexts_title(&contexts)), path));
    Finding::new("go", Severity::Error, "No Go is installed")
        .detail("No PATH has a go command, and none of the usual places holds a Go: /usr/local/go, ~/sdk, the distribution's folders, Homebrew, snap, gvm, goenv, asdf, mise. The shell says: go: command not found.")
        .about("go")
        .evidences(paths)
        .evidence(Evidence::new("/usr/local/go", "not there"))
        .fix(remedy::official_archive(machine))
        .fixes(package(machine))
        .into()
}

/// The distribution's package, which may be old.
fn package(machine: &Machine) -> Option<Fix> {
    let families: [(&str, &[&str], &[&str]); 5] = [
        ("debian", &["apt-get", "install", "-y", "golang-go"], &["apt-get", "remove", "-y", "golang-go"]),
        ("fedora", &["dnf", "install", "-y", "golang"], &["dnf", "remove", "-y", "golang"]),
        ("arch", &["pacman", "-S", "--noconfirm", "go"], &["pacman", "-R", "--noconfirm", "go"]),
        ("alpine", &["apk", "add", "go"], &["apk", "del", "go"]),
        ("suse", &["zypper", "--non-interactive", "install", "go"], &["zypper", "--non-interactive", "remove", "go"]),
    ];
    let (_, install, remove) = families.into_iter().find(|(family, ..)| machine.is_like(family))?;
    let inverse = Inverse::Argv(remove.iter().map(|word| (*word).to_owned()).collect());
    Some(remedy::as_root("Install the distribution's package, which may be a few releases behind", install, inverse))
}
