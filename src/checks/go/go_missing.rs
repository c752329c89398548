//! There is no Go on this machine.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::{Installations, Settings, Toolchains};
use crate::probes::project::{Demand, Elsewhere, GoMod, GoWork};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-missing",
    layer: Layer::Go,
    title: "A Go is installed",
    impact: "There is no Go here",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &["version-manager-stale"],
    page: page!("go/go-missing"),
    rule: rule!(judge(Contexts, Toolchains, Installations, Settings, Elsewhere, GoMod, GoWork)),
};

fn judge(
    shells: &Contexts,
    toolchains: &Toolchains,
    installations: &Installations,
    settings: &Settings,
    elsewhere: &Elsewhere,
    module: &GoMod,
    work: &GoWork,
) -> Outcome {
    let shim = toolchains.in_use().map(|(_, go)| go);
    if shim.is_some_and(|go| !go.shim || go.root.is_some()) {
        return Outcome::Passed;
    }
    if let Some(installation) = installations.newest() {
        let root = settings.machine().tilde(&installation.root);
        return Outcome::skipped(format!("a Go is installed in {root}, though no PATH leads to it"));
    }
    if shells.unknown().next().is_some() {
        return shells.outcome(Vec::new());
    }
    let machine = settings.machine();
    let demand = Demand::of(module, work).ok().flatten();
    let asked = demand.as_ref().and_then(Demand::go_version);
    let severity = if elsewhere.file.is_some() { Severity::Info } else { Severity::Error };
    let contexts: Vec<Context> = shells.known().map(|(context, _)| context).collect();
    let mut finding = Finding::new("go", severity, "No Go is installed")
        .seen_in(contexts)
        .about("go")
        .detail(match &elsewhere.file {
            Some(file) => format!("{file} says that the project brings its own Go. Outside of that, every go command ends with: go: command not found."),
            None => "Neither a PATH nor a place where Go is usually put has one, nor has a version manager. Every go command ends with: go: command not found.".to_owned(),
        });
    for (_, environment) in shells.known().take(1) {
        finding = finding.evidence(
            Evidence::new("PATH", environment.get("PATH").unwrap_or("is empty")).expected("a folder with a go command"),
        );
    }
    if let Some(shim) = shim {
        finding = finding.evidence(Evidence::new(
            machine.tilde(&shim.path),
            format!("a shim of {} without a version to run", shim.origin.title()),
        ));
    }
    finding = finding.evidence(Evidence::new(
        "/usr/local/go, ~/sdk, ~/.goenv, ~/.asdf, mise, gvm, /usr/lib/go",
        "no Go in any of them",
    ));
    if let Some((demand, line)) = demand.as_ref().and_then(|demand| Some((demand, demand.go?))) {
        finding = finding.evidence(demand.evidence(line));
    }
    finding.fixes(remedy::get_go(machine, asked.as_ref())).into()
}
