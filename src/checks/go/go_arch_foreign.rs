//! Go was built for another architecture than the system has.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{Architectures, Emulation, GoArch, Settings, Toolchains};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-arch-foreign",
    layer: Layer::Go,
    title: "Go was built for this architecture",
    impact: "Go is emulated, and builds for another machine",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("go/go-arch-foreign"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Architectures)),
};

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, found: &Architectures) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for command in &found.commands {
        match &command.arch {
            Ok(Some(arch)) if *arch != found.system => {
                findings.push(finding(command, arch, found, settings.machine()));
            }
            Ok(_) => {}
            Err(missing) => unknown = Some(missing),
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

fn finding(command: &GoArch, arch: &str, found: &Architectures, machine: &Machine) -> Finding {
    let (name, system) = (machine.tilde(&command.path), &found.system);
    let native = is_native(arch, system);
    let (severity, effect) = match &command.emulation {
        _ if native => (
            Severity::Warning,
            format!("It runs, and builds for {arch}: the race detector is not there, and cgo asks for a C compiler and libraries of {arch}."),
        ),
        Emulation::None => (
            Severity::Error,
            "No emulator is set up for it, so every go command ends with: cannot execute binary file: Exec format error.".to_owned(),
        ),
        Emulation::Handler(handler) => (
            Severity::Warning,
            format!("{handler} emulates it, which is many times slower. What it builds is for {arch} too, and a debugger for {system} cannot work with that."),
        ),
        Emulation::Unknown => (
            Severity::Warning,
            format!("Either it is emulated, which is many times slower, and builds for {arch}; or it ends with: cannot execute binary file: Exec format error."),
        ),
    };
    let source = found.read_from.as_ref().map_or_else(|| "kernel".to_owned(), |path| machine.tilde(path));
    Finding::new(format!("{name}:{arch}"), severity, format!("Go is built for {arch}, and this system is {system}"))
        .seen_in(command.contexts.iter().copied())
        .about("go")
        .detail(effect)
        .evidence(Evidence::new(name, arch).expected(system))
        .evidence(Evidence::new(source, system))
        .fixes(remedy::get_go(machine, None))
}

/// True when the processor runs that architecture itself.
fn is_native(arch: &str, system: &str) -> bool {
    matches!((arch, system), ("386", "amd64") | ("arm", "arm64"))
}
